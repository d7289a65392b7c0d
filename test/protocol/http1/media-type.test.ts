import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseMediaType } from '../../../src/protocol/http1/media-type.ts'

const eventStreams: [string, Record<string, string>][] = [
  ['text/event-stream', {}],
  ['TEXT/Event-Stream', {}],
  ['text/event-stream;', {}],
  ['text/event-stream ; charset=UTF-8', { charset: 'UTF-8' }],
  ['text/event-stream;bogus', {}],
  ['text/event-stream;=;a=;;b="c;\\"d" ; b=2;E=f', { b: 'c;"d', e: 'f' }],
  ['text/event-stream;charset=', {}],
  ['text/event-stream;charset=""', { charset: '' }],
  ['text/event-stream;charset="open', { charset: 'open' }],
  [' text/event-stream;charset=windows-1252', { charset: 'windows-1252' }],
]

for (const [value, parameters] of eventStreams) {
  test(`${JSON.stringify(value)} is an event stream`, () => {
    const type = parseMediaType(value)
    assert.equal(type?.essence, 'text/event-stream')
    assert.deepEqual(Object.fromEntries(type.parameters), parameters)
  })
}

for (const value of [
  '',
  'text',
  'text/',
  '/event-stream',
  'x bogus',
  'text/event-stream, text/html',
  'text/a/b',
  'te xt/a',
]) {
  test(`${JSON.stringify(value)} is no media type`, () => assert.equal(parseMediaType(value), undefined))
}

test('other types are themselves', () => {
  assert.equal(parseMediaType('text/event-stream-foobar')?.essence, 'text/event-stream-foobar')
  assert.equal(parseMediaType('application/json')?.essence, 'application/json')
})

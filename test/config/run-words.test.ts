import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { movePublishUrl, moveUrl } from '../../src/config/move-url.ts'
import { outputName } from '../../src/config/output-name.ts'
import { runOrder } from '../../src/config/run-order.ts'

describe('a step moved to another place', () => {
  const cases: [string | undefined, string, string][] = [
    [undefined, 'ws://b/', 'ws://b/'],
    ['ws://a:1/echo?x=1', 'wss://b:2', 'wss://b:2/echo?x=1'],
    ['http://a/events', 'wss://b', 'https://b/events'],
    ['wss://a/echo', 'http://b', 'ws://b/echo'],
    ['ws://a/echo', 'ws://b/other', 'ws://b/other'],
    ['ws://a/echo', 'ws://u:p@b/', 'ws://u:p@b/echo'],
  ]
  for (const [own, place, expected] of cases)
    it(`${own ?? 'the embedded endpoint'} to ${place}`, () => assert.equal(moveUrl(own, place), expected))
  it('takes its publishing address along, unless the place is a whole address', () => {
    assert.equal(movePublishUrl('http://a/publish', 'wss://b'), 'https://b/publish')
    assert.throws(() => movePublishUrl('http://a/publish', 'ws://b/x'), /has a path, but the step publishes too/)
  })
})

describe('the file of one result of many', () => {
  const chat = { step: 'long polling', run: null }
  const cases: [string, { step: string; run: string | null }, boolean, string][] = [
    ['r.json', chat, true, 'r.json'],
    ['r.json', chat, false, 'r.long-polling.json'],
    ['{step}.xml', chat, true, 'long-polling.xml'],
    ['junit=out/{step}', chat, false, 'junit=out/long-polling'],
    ['r.json', { step: 'a', run: 'b2' }, false, 'r.a.b2.json'],
    ['{run}/r.json', { step: 'a', run: 'b2' }, false, 'b2/r.a.json'],
    ['r.junit.xml', { step: 'a', run: null }, false, 'r.a.junit.xml'],
    ['dir.d/r', { step: 'a', run: null }, false, 'dir.d/r.a'],
  ]
  for (const [word, name, isOnly, expected] of cases)
    it(`${word} is ${expected}`, () => assert.equal(outputName(word, name, isOnly), expected))
})

describe('the order of repeated runs', () => {
  const order = (repeat: number, hasOther: boolean) =>
    runOrder(repeat, hasOther)
      .map(({ side, round }) => side + round)
      .join(' ')
  it('is A B B A A B B A', () => assert.equal(order(4, true), 'a1 b1 b2 a2 a3 b3 b4 a4'))
  it('is A A A without another side', () => assert.equal(order(3, false), 'a1 a2 a3'))
})

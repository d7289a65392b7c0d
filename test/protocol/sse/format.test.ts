import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSseStream } from '../../../src/protocol/sse/events.ts'
import { formatSseComment, formatSseEvent } from '../../../src/protocol/sse/format.ts'

test('an event has its fields in a fixed order', () => {
  const text = formatSseEvent({ comment: 'c', event: 'tick', id: '7', retryMs: 1500, data: 'x' })
  assert.equal(text, ': c\nevent: tick\nid: 7\nretry: 1500\ndata: x\n\n')
  assert.equal(formatSseEvent({ data: '' }), 'data: \n\n')
  assert.equal(formatSseComment(''), ':\n')
})

test('whatever the data holds, it comes back as one event with line ends turned into LF', () => {
  for (const data of ['', '\n', 'a\nb', 'a\rb', 'a\r\nb', ' lead', 'x\n\ndata: y', '\r\r\nid: 1\r', '\ufeff\0é']) {
    const { events } = readSseStream([Buffer.from(formatSseEvent({ data, id: 'i' }))])
    assert.deepEqual(events, [{ type: 'message', data: data.replace(/\r\n|\r/g, '\n'), lastEventId: 'i' }])
  }
})

test('a comment cannot break out of its lines', () => {
  const seen = readSseStream([Buffer.from(formatSseEvent({ comment: 'a\rdata: x\n\nid: 2', data: 'd' }))])
  assert.deepEqual(seen.events, [{ type: 'message', data: 'd', lastEventId: '' }])
  assert.equal(seen.comments.length, 4)
})

test('what cannot be said is refused', () => {
  for (const value of ['a\nb', 'a\rb', 'a\r\nb']) {
    assert.throws(() => formatSseEvent({ event: value }), /SSE event cannot hold a line break/)
    assert.throws(() => formatSseEvent({ id: value }), /SSE id cannot hold a line break/)
  }
  assert.throws(() => formatSseEvent({ id: 'a\0' }), /NUL/)
  for (const retryMs of [-1, 1.5, Number.NaN, 1e21]) {
    assert.throws(() => formatSseEvent({ retryMs }), /whole number of ms/)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChannel } from '../../src/endpoint/channel.ts'
import { createChannels } from '../../src/endpoint/channels.ts'

const data = (text: string) => Buffer.from(text)

test('a channel keeps its latest messages and knows what it no longer has', () => {
  const channel = createChannel('a', 2)
  assert.deepEqual(channel.after(0), [])
  for (const text of ['one', 'two', 'three']) channel.publish(data(text))
  assert.deepEqual(
    channel.after(1)?.map(message => message.id),
    [2, 3],
  )
  assert.deepEqual(channel.after(3), [])
  for (const id of [0, 4, -1, 1.5, Number.NaN]) assert.equal(channel.after(id), undefined)
})

test('a subscriber that leaves while a message is delivered is not called again', () => {
  const channel = createChannel('a', 2)
  const seen: number[] = []
  const leave = channel.subscribe(message => {
    seen.push(message.id)
    leave()
  })
  channel.publish(data('one'))
  channel.publish(data('two'))
  assert.deepEqual(seen, [1])
})

test('the memory of all channels is bounded: the one published to least lately forgets first', () => {
  const channels = createChannels(1000)
  const old = channels.open('old')!
  channels.publish(old, Buffer.alloc(1024 * 1024))
  const busy = channels.open('busy')!
  for (let at = 0; at < 40; at++) channels.publish(busy, Buffer.alloc(1024 * 1024))
  assert.ok(channels.historyBytes <= 64 * 1024 * 1024)
  assert.deepEqual(old.kept(), [])
  assert.ok(busy.kept().length > 10 && busy.kept().length < 40)
  assert.equal(busy.after(1), undefined)
})

test('the number of channels is bounded: one that nobody listens to makes room', () => {
  const channels = createChannels(10)
  const leave = channels.open('first')!.subscribe(() => {})
  for (let at = 1; at < 10_000; at++) channels.open(`c${at}`)!.subscribe(() => {})
  assert.equal(channels.open('one more'), undefined)
  leave()
  assert.notEqual(channels.open('one more'), undefined)
  assert.equal(channels.count, 10_000)
})

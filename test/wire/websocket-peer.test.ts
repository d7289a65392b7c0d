import assert from 'node:assert/strict'
import test from 'node:test'
import { encodeFrames } from '../../src/protocol/websocket/frame.ts'
import { memoryPipes } from '../../src/wire/memory-pipe.ts'
import { createPeer } from '../../src/wire/peer.ts'
import { createReceivedBudget, shareOf } from '../../src/wire/received-budget.ts'
import { createWebSocketPeer } from '../../src/wire/websocket-peer.ts'
import { realClock } from '../../src/world/timer.ts'

const MEBIBYTE = Buffer.alloc(1024 * 1024, 'a')

test('a message of endless fragments is given up at 96 MiB, and a third of it is listed', async () => {
  const [pipe, server] = memoryPipes()
  const gone = new AbortController()
  server.listen({ bytes() {}, over: () => gone.abort() })
  const log = { sent() {}, received() {}, note() {} }
  const head = { httpVersion: '1.1', status: 101, reason: '', headers: [] } as never
  const peer = createWebSocketPeer(createPeer(pipe, realClock, log), head, 10_000, createReceivedBudget())
  const fragment = (opcode: number) => encodeFrames([{ fin: false, opcode, payload: MEBIBYTE, mask: null }])
  server.write(fragment(1))
  const pour = async () => {
    for (let sent = 0; sent < 200 && !gone.signal.aborted; sent += 1) {
      await server.drained()
      server.write(fragment(0))
    }
  }
  const [received] = await Promise.all([peer.message(), pour()])
  assert.deepEqual(received, {
    kind: 'ended',
    end: { kind: 'reset', code: 'we broke it off: it had sent over 96 MiB' },
    partialBytes: 0,
  })
  assert.equal(peer.frames.length, 32)
  assert.ok(gone.signal.aborted, 'the connection was left open')
})

test('connections share what they may keep: who exceeds it is cut off, empty frames count too, what was a message does not', async () => {
  const budget = createReceivedBudget(1024 * 1024)
  const head = { httpVersion: '1.1', status: 101, reason: '', headers: [] } as never
  const log = { sent() {}, received() {}, note() {} }
  const open = () => {
    const [pipe, server] = memoryPipes()
    server.listen({ bytes() {}, over() {} })
    return { server, peer: createWebSocketPeer(createPeer(pipe, realClock, log), head, 10_000, budget) }
  }
  const frame = (opcode: number, bytes: number, fin = true) =>
    encodeFrames([{ fin, opcode, payload: MEBIBYTE.subarray(0, bytes), mask: null }])
  const [first, second] = [open(), open()]
  // A thousand small ones are listed; what follows them is not kept.
  for (let n = 0; n < 1000; n += 1) first.server.write(frame(2, 0))
  for (let n = 0; n < 1000; n += 1) assert.equal((await first.peer.next()).kind, 'frame')
  for (let n = 0; n < 50; n += 1) {
    first.server.write(Buffer.concat([frame(1, 100_000, false), frame(0, 100_000)]))
    assert.equal((await first.peer.message()).kind, 'message')
  }
  first.server.write(frame(1, 100_000, false))
  assert.equal((await first.peer.message(50)).kind, 'silence')
  second.server.write(Buffer.alloc(600))
  assert.deepEqual(await second.peer.message(), {
    kind: 'ended',
    end: { kind: 'reset', code: 'we broke it off: all connections together had sent too much' },
    partialBytes: 0,
  })
  first.server.write(frame(0, 1000))
  assert.equal((await first.peer.message()).kind, 'message')
  assert.ok(budget.take(200_000))
})

test('what a check took of the budget is given back at its end', () => {
  const budget = createReceivedBudget(100)
  const [one, other] = [shareOf(budget), shareOf(budget)]
  assert.ok(one.take(60))
  assert.ok(!other.take(50))
  one.give(20)
  assert.ok(other.take(50))
  one.end()
  assert.ok(!other.take(51))
  assert.ok(other.take(50))
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { encodeFrames } from '../../src/protocol/websocket/frame.ts'
import { memoryPipes } from '../../src/wire/memory-pipe.ts'
import { createPeer } from '../../src/wire/peer.ts'
import { createWebSocketPeer } from '../../src/wire/websocket-peer.ts'
import { realClock } from '../../src/world/timer.ts'

const MEBIBYTE = Buffer.alloc(1024 * 1024, 'a')

test('a message of endless fragments is given up at 96 MiB, and a third of it is listed', async () => {
  const [pipe, server] = memoryPipes()
  const gone = new AbortController()
  server.listen({ bytes() {}, over: () => gone.abort() })
  const log = { sent() {}, received() {}, note() {} }
  const head = { httpVersion: '1.1', status: 101, reason: '', headers: [] } as never
  const peer = createWebSocketPeer(createPeer(pipe, realClock, log), head, 10_000)
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

// The gate as a server of a given capacity, and as a process.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startEndpoint } from '../../src/endpoint/endpoint.ts'
import { spawnGate } from '../../src/wire/gate.ts'
import { trackFrames } from '../../src/wire/gate-frame-boundary.ts'
import { now } from '../../src/world/clock.ts'
import { findFault, openWs, play, startGated } from '../faults/through-gate.ts'

const meet = (opening: Promise<unknown>) =>
  opening.then(
    () => 'admitted',
    (error: Error) => error.message,
  )

test('admissions come at the rate of the capacity, and an overflow is turned away at once', async t => {
  const gate = await startGated(t, 50, 20)
  await play(gate, 'refuse')
  const restored = await gate.restore()
  const outcomes = await Promise.all(Array.from({ length: 60 }, () => meet(openWs(gate))))
  const { accepted, admitted } = gate.log()
  assert.equal(accepted.length, admitted.length)
  assert.equal(outcomes.filter(outcome => outcome === 'admitted').length, admitted.length)
  const turnedAway = outcomes.filter(outcome => outcome === 'ECONNRESET' || outcome === 'ECONNREFUSED')
  assert.equal(turnedAway.length, 60 - admitted.length)
  assert.ok(admitted.length >= 21 && admitted.length < 45, `${admitted.length} admitted`)
  // 20 ms for each: nobody may come earlier than the schedule says.
  for (const [index, at] of admitted.entries()) assert.ok(at >= restored + (index + 1) * 20 - 3, `admission ${index}`)
})

test('spared connections stay up through a cut', async t => {
  const gate = await startGated(t)
  const [cut, spared] = [await openWs(gate), await openWs(gate)]
  await play(gate, 'refuse', {}, [spared.localPort])
  assert.equal(await cut.end, 'closed 1006')
  const still = await Promise.race([spared.end, new Promise(resolve => setTimeout(resolve, 900, 'still up'))])
  assert.equal(still, 'still up')
})

test('a gate in a child process cuts, comes back on the same port, and logs on the same clock', async t => {
  const endpoint = await startEndpoint({ tickMs: 20 })
  const target = { host: '127.0.0.1', port: endpoint.port }
  const gate = await spawnGate({ target, host: '127.0.0.1', capacity: null, backlog: 511, seed: 1 })
  t.after(async () => {
    await gate.stop()
    await endpoint.close()
  })
  const front = { port: gate.port } as Parameters<typeof openWs>[0]
  const first = await openWs(front)
  // Each process finds its distance to the common clock once, to a fraction of a millisecond.
  const skewMs = 5
  const before = now() - skewMs
  const cutAt = await gate.cut(findFault('refuse').file, {}, [])
  assert.ok(cutAt >= before && cutAt <= now() + skewMs)
  assert.equal(await first.end, 'closed 1006')
  assert.equal(await meet(openWs(front)), 'ECONNREFUSED')
  const restoredAt = await gate.restore()
  assert.ok(restoredAt > cutAt && restoredAt <= now() + skewMs)
  assert.equal(await meet(openWs(front)), 'admitted')
  const log = await gate.log()
  assert.equal(log.accepted.length, 2)
  assert.ok(log.accepted[1]! >= restoredAt - skewMs && log.accepted[1]! <= now() + skewMs)
})

test('a frame boundary is found in any split of the stream', () => {
  const stream = Buffer.concat([
    Buffer.from('810548656c6c6f', 'hex'),
    Buffer.from('827e0100', 'hex'),
    Buffer.alloc(256),
    Buffer.from('827f0000000000010000', 'hex'),
    Buffer.alloc(65_536),
    Buffer.from('8900', 'hex'),
  ])
  const boundaries = new Set([7, 267, 65_813, 65_815])
  for (const step of [1, 2, 3, 7, 4096]) {
    const tracked = trackFrames()
    for (let at = 0; at < stream.length; at += step) {
      tracked.push(stream.subarray(at, at + step))
      const end = Math.min(stream.length, at + step)
      assert.equal(tracked.atBoundary, boundaries.has(end), `step ${step}, after byte ${end}`)
    }
  }
})

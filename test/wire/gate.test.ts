// The gate as a server of a given capacity, and as a process.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { startEndpoint } from '../../src/endpoint/endpoint.ts'
import type { GateFront, GateLog } from '../../src/wire/gate-front.ts'
import { spawnGate } from '../../src/wire/gate.ts'
import { trackFrames } from '../../src/wire/gate-frame-boundary.ts'
import { now } from '../../src/world/clock.ts'
import { findFault, openWs, play, startGated } from '../faults/through-gate.ts'

const meet = (opening: Promise<unknown>) =>
  opening.then(
    () => 'admitted',
    (error: Error) => error.message,
  )

/** However busy this machine is: served in the end, or the code of the error. */
function knock(port: number): Promise<string> {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    socket.on('close', () => resolve('closed'))
    socket.once('data', () => {
      resolve('admitted')
      socket.destroy()
    })
    socket.write('GET /time HTTP/1.1\r\nHost: gate\r\n\r\n')
  })
}

/** Those that still wait in the backlog have been let in. */
async function untilAllAdmitted(gate: GateFront): Promise<GateLog> {
  for (;;) {
    const log = gate.log()
    if (log.accepted.length === log.admitted.length) return log
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

test('admissions come at the rate of the capacity, and an overflow is turned away at once', async t => {
  const gate = await startGated(t, 50, 20)
  await play(gate, 'refuse')
  const restored = await gate.restore()
  const outcomes = await Promise.all(Array.from({ length: 60 }, () => knock(gate.port)))
  const turnedAway = outcomes.filter(outcome => outcome === 'ECONNRESET' || outcome === 'ECONNREFUSED')
  const { accepted, admitted } = await untilAllAdmitted(gate)
  assert.equal(accepted.length, admitted.length)
  assert.equal(turnedAway.length, 60 - admitted.length, outcomes.join(' '))
  // The backlog, the one being served, and one for every 20 ms that the wave took on this machine.
  const most = 20 + 1 + Math.ceil((accepted.at(-1)! - restored) / 20)
  assert.ok(admitted.length >= 21 && admitted.length <= most, `${admitted.length} admitted, ${most} at most`)
  // 20 ms for each: nobody may come earlier than the schedule says.
  for (const [index, at] of admitted.entries()) assert.ok(at >= restored + (index + 1) * 20 - 3, `admission ${index}`)
})

test('two gates of the same seed stand side by side, also while one of them is shut', async t => {
  const [one, other] = [await startGated(t), await startGated(t)]
  await play(one, 'refuse')
  const third = await startGated(t)
  await one.restore()
  assert.equal(new Set([one.port, other.port, third.port]).size, 3)
})

test('the kernel refuses who comes to a full backlog', async t => {
  const gate = await startGated(t, 0.2, 1)
  await play(gate, 'refuse')
  await gate.restore()
  const waiting = [knock(gate.port), knock(gate.port)]
  while (gate.log().accepted.length < 2) await new Promise(resolve => setTimeout(resolve, 5))
  assert.equal(await knock(gate.port), 'ECONNREFUSED')
  await gate.stop()
  await Promise.all(waiting)
})

test('the door opens again: who comes back often enough gets in, at the rate', async t => {
  const gate = await startGated(t, 100, 5)
  await play(gate, 'refuse')
  const restored = await gate.restore()
  let turnedAway = 0
  const comeBack = async (): Promise<void> => {
    for (;;) {
      const met = await knock(gate.port)
      if (met === 'admitted') return
      turnedAway += 1
      await new Promise(resolve => setTimeout(resolve, 15))
    }
  }
  await Promise.all(Array.from({ length: 40 }, comeBack))
  const { admitted } = await untilAllAdmitted(gate)
  assert.equal(admitted.length, 40)
  assert.ok(turnedAway > 0, 'nobody was turned away')
  for (const [index, at] of admitted.entries()) assert.ok(at >= restored + (index + 1) * 10 - 3, `admission ${index}`)
})

test('the port is none that an outgoing connection is given: a client of a shut gate cannot reach itself', async t => {
  const gate = await startGated(t)
  assert.ok(gate.port < 32_768, String(gate.port))
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

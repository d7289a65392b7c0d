// Each fault over real sockets: what an open connection meets, and what a new one meets while it lasts.
import assert from 'node:assert/strict'
import { platform } from 'node:os'
import { test } from 'node:test'
import { findUnits } from '../../src/world/units.ts'
import type { FaultSettings } from '../../src/wire/fault.ts'
import { openSse, openWs, outcomeOf, play, startGated } from './through-gate.ts'

interface Expected {
  settings?: FaultSettings
  wsCut: string
  sseCut: string
  wsNew: string
  sseNew: string
}

const REFUSED = { wsNew: 'ECONNREFUSED', sseNew: 'ECONNREFUSED' }
const SERVED = { wsNew: 'opened, closed 1006', sseNew: 'opened, cut off ECONNRESET' }
const SILENT = { wsCut: 'silent', sseCut: 'silent' }
const RESET = { wsCut: 'closed 1006', sseCut: 'cut off ECONNRESET' }
const CUT_OFF = { wsCut: 'closed 1006', sseCut: 'cut off ECONNRESET' }

const FAULTS: Record<string, Expected> = {
  refuse: { ...RESET, ...REFUSED },
  'black-hole': { ...SILENT, wsNew: 'silent', sseNew: 'silent' },
  'accept-then-silence': { ...SILENT, wsNew: 'silent', sseNew: 'silent' },
  'half-open': { ...SILENT, ...SERVED },
  reset: { ...RESET, ...REFUSED },
  fin: { ...CUT_OFF, ...REFUSED },
  close: { wsCut: 'closed 1001', sseCut: CUT_OFF.sseCut, ...REFUSED },
  truncate: { ...CUT_OFF, ...REFUSED },
  'http-502': { ...CUT_OFF, wsNew: 'HTTP 502', sseNew: 'HTTP 502' },
  'http-503': { settings: { retryAfterMs: 2500 }, ...CUT_OFF, wsNew: 'HTTP 503 3', sseNew: 'HTTP 503 3' },
  'http-429': { ...CUT_OFF, wsNew: 'HTTP 429', sseNew: 'HTTP 429' },
  'tls-stall': { ...RESET, wsNew: 'silent', sseNew: 'silent' },
  'slow-answer': { settings: { delayMs: 5000 }, ...RESET, wsNew: 'silent', sseNew: 'silent' },
  flap: { ...RESET, wsNew: 'opened, closed 1006', sseNew: 'opened, cut off ECONNRESET' },
  'brown-out': { settings: { share: 0 }, ...RESET, wsNew: 'ECONNRESET', sseNew: 'ECONNRESET' },
  'rolling-drain': { settings: { share: 1 }, wsCut: 'closed 1001', sseCut: CUT_OFF.sseCut, ...SERVED },
}

test('every fault has its expectations here', () => {
  assert.deepEqual(
    findUnits('faults', []).map(unit => unit.id),
    Object.keys(FAULTS).sort(),
  )
})

for (const [id, expected] of Object.entries(FAULTS))
  test(`${id} over ws and sse`, async t => {
    if (id === 'black-hole' && platform() !== 'linux') return t.skip('a full queue drops SYN packets on Linux only')
    const gate = await startGated(t)
    const [ws, sse] = [await openWs(gate), await openSse(gate)]
    await play(gate, id, expected.settings)
    assert.equal(await ws.end, expected.wsCut, 'the open WebSocket')
    assert.equal(await sse.end, expected.sseCut, 'the open event stream')
    const [newWs, newSse] = [outcomeOf(openWs(gate)), outcomeOf(openSse(gate))]
    // Those that are served tick on until the gate is told to cut them.
    if (expected.wsNew === SERVED.wsNew && id !== 'flap') {
      await new Promise(resolve => setTimeout(resolve, 300))
      await play(gate, 'reset')
    }
    assert.equal(await newWs, expected.wsNew, 'a new WebSocket')
    assert.equal(await newSse, expected.sseNew, 'a new event stream')
    await gate.restore()
    const after = await openWs(gate)
    await play(gate, 'reset')
    assert.equal(await after.end, 'closed 1006', 'a WebSocket after the fault')
  })

test('close carries the code that it is given', async t => {
  for (const code of [1011, 1012, 1013, 4001]) {
    const gate = await startGated(t)
    const ws = await openWs(gate)
    await play(gate, 'close', { code })
    assert.equal(await ws.end, `closed ${code}`)
  }
})

test('brown-out serves its share', async t => {
  const gate = await startGated(t)
  await play(gate, 'brown-out', { share: 0.5 })
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, () =>
      openWs(gate).then(
        () => 'served',
        () => 'reset',
      ),
    ),
  )
  const served = outcomes.filter(outcome => outcome === 'served').length
  assert.ok(served >= 8 && served <= 32, `${served} of 40`)
})

test('rolling-drain takes its time: half a second after the start, half of the connections are still there', async t => {
  const gate = await startGated(t)
  const clients = await Promise.all(Array.from({ length: 20 }, () => openWs(gate)))
  let gone = 0
  for (const client of clients) void client.end.then(() => (gone += 1))
  await play(gate, 'rolling-drain', { share: 0.5 })
  await new Promise(resolve => setTimeout(resolve, 900))
  assert.ok(gone >= 3 && gone <= 17, `${gone} of 20`)
  assert.deepEqual(new Set(await Promise.all(clients.map(client => client.end))), new Set(['closed 1001']))
})

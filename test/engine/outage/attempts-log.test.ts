// Every attempt, also the failed ones, beside the log of a server in a process of its own.
import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { test } from 'node:test'
import { resolveOutage } from '../../../src/config/outage-config.ts'
import { conductPolicy } from '../../../src/engine/outage/conduct.ts'
import { BIN_MS, herdFigures } from '../../../src/engine/outage/herd.ts'
import { resolveFault } from '../../../src/engine/outage/units.ts'
import type { AcceptLog } from './accept-log-server.ts'

const CLIENTS = 100
// rtbench itself connects once to see that the port is served again.
const PROBES = 1

/** The most within one bin of the grid whose bins are this much longer (or shorter) than BIN_MS. */
function peak(times: readonly number[], longerMs: number): number {
  const counts = new Map<number, number>()
  for (const at of times)
    for (let bin = Math.floor(at / BIN_MS); bin >= 0 && at < (bin + 1) * BIN_MS + longerMs; bin -= 1)
      if (at >= bin * BIN_MS - Math.min(0, longerMs)) counts.set(bin, (counts.get(bin) ?? 0) + 1)
      else break
  return Math.max(...counts.values())
}

test('attempts, their 100 ms bins and peak, and recovery times agree with what the server logged', async t => {
  const server = fork(path.join(import.meta.dirname, 'accept-log-server.js'), { execArgv: [] })
  t.after(() => server.kill('SIGKILL'))
  const [port] = (await once(server, 'message')) as [number]
  const url = `ws://127.0.0.1:${port}/`
  const policy = 'aws-full:base=400ms,cap=1200ms'
  const commands = { downCmd: `kill -USR1 ${server.pid}`, upCmd: `kill -USR2 ${server.pid}` }
  const config = resolveOutage(
    url,
    { connections: String(CLIENTS), policy: [policy], down: '3s', horizon: '30s', ...commands },
    file => file,
  )
  const context = { observer: () => {}, stop: new AbortController().signal }
  const target = { transport: 'ws' as const, url, publish: null, messageEveryMs: 200 }
  const { measured, moments } = await conductPolicy(config, policy, await resolveFault(config.fault), target, context)
  assert.ok(measured && moments)
  server.send('log')
  const [log] = (await once(server, 'message')) as [AcceptLog]

  const { attemptBins, restoredMs } = measured.herd
  const figures = herdFigures(measured.herd)
  const accepted = log.accepted.map(at => at - moments.cutAt).filter(at => at >= 0)
  assert.equal(figures.back, CLIENTS)
  assert.equal(accepted.length, figures.attempts + PROBES, 'attempts')

  // 20 ms, or as long as one of the two processes really stood still.
  const lateMs = Math.max(20, measured.longestStallMs, log.longestStallMs)
  t.diagnostic(`${figures.attempts} attempts, up to ${Math.round(lateMs)} ms between issue and accept allowed`)
  if (lateMs >= BIN_MS) return t.skip(`this machine stood still for ${Math.round(lateMs)} ms`)
  // What is issued within a bin is accepted from its start until `lateMs` after its end.
  const within = (fromMs: number, toMs: number) => accepted.filter(at => at >= fromMs && at < toMs).length
  for (const [bin, issued] of Array.from(attemptBins).entries()) {
    const [fromMs, toMs] = [bin * BIN_MS, (bin + 1) * BIN_MS]
    const [least, most] = [within(fromMs + lateMs, toMs) - PROBES, within(fromMs, toMs + lateMs)]
    assert.ok(issued >= least && issued <= most, `bin ${bin}: ${issued} issued, the log has ${least} to ${most}`)
  }
  const after = accepted.filter(at => at >= Math.floor(restoredMs / BIN_MS) * BIN_MS)
  const [low, high] = [peak(after, -lateMs) * 0.98 - PROBES, peak(after, lateMs) * 1.02]
  assert.ok(
    figures.peakPerBin >= low && figures.peakPerBin <= high,
    `peak ${figures.peakPerBin}, log ${low} to ${high}`,
  )

  const opened = log.opened.map(at => at - moments.cutAt).filter(at => at >= 0)
  assert.equal(opened.length, CLIENTS)
  for (const [share, ours] of [
    [0.5, figures.t50Ms],
    [0.95, figures.t95Ms],
    [1, figures.t100Ms],
  ] as const) {
    const logged = opened[Math.ceil(CLIENTS * share) - 1]! - restoredMs
    assert.ok(Math.abs(ours! - logged) <= Math.max(lateMs, 0.02 * logged), `t${share * 100}: ${ours}, log ${logged}`)
  }
})

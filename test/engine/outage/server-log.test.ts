// Against a server that logs every accept on the common clock: what rtbench counts is what the server saw.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { WebSocketServer } from 'ws'
import { resolveOutage } from '../../../src/config/outage-config.ts'
import { conductPolicy } from '../../../src/engine/outage/conduct.ts'
import { herdFigures } from '../../../src/engine/outage/herd.ts'
import { resolveFault } from '../../../src/engine/outage/units.ts'
import { now } from '../../../src/world/clock.ts'

test('attempts, peaks and recovery times agree with the log of the server', async t => {
  const accepts: number[] = []
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', () => accepts.push(now()))
  await once(server, 'listening')
  t.after(() => {
    for (const client of server.clients) client.terminate()
    server.close()
  })
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const given = { connections: '60', policy: ['rfc6455'], fault: 'reset', down: '0s', horizon: '30s', control: '1' }
  const config = resolveOutage(url, given, path => path)
  const context = { observer: () => {}, stop: new AbortController().signal }
  const target = { transport: 'ws' as const, url, publish: null, messageEveryMs: 200 }
  const chosen = await resolveFault(config.fault)
  const { measured, moments } = await conductPolicy(config, 'rfc6455', chosen, target, context)
  assert.ok(measured && moments)
  const figures = herdFigures(measured.herd)
  const after = accepts.filter(at => at > moments.cutAt).map(at => at - moments.restoredAt)
  // rtbench issues first, the server sees it later: with the machine's own delays between them.
  const near = (ours: number | null, log: number, what: string) => {
    const allowed = Math.max(20, 0.02 * log, measured.longestStallMs)
    assert.ok(ours !== null && Math.abs(ours - log) <= allowed, `${what}: ${ours}, log ${log} ± ${allowed}`)
  }
  assert.equal(after.length, 60)
  assert.equal(figures.back, 60)
  assert.equal(
    figures.attempts - measured.herd.clients,
    Array.from(measured.herd.failures).reduce((a, b) => a + b, 0),
  )
  after.sort((a, b) => a - b)
  near(figures.t50Ms, after[29]!, 't50')
  near(figures.t95Ms, after[56]!, 't95')
  near(figures.t100Ms, after[59]!, 't100')
})

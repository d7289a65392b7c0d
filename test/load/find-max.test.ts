import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startServer } from '../servers/start.ts'
import { runLoad } from './run-load.ts'
import type { Report } from '../../src/report/report.ts'

const CAPACITY = 1500
const ATTEMPTS = 3

const level = ({ metrics }: Report, name: string): number | null => {
  const metric = metrics[name]
  return metric?.type === 'gauge' ? metric.value : null
}

describe('--find-max against a token bucket of known capacity', { concurrency: 1 }, () => {
  it('msg_rtt: within 5 %, and the target was the limit', async t => {
    const server = await startServer(t, 'websocket-limited', [CAPACITY, 30])
    const words = ['-c', 20, '-R', 800, '-d', '2s', '--timeline', '200ms', '-w', 1]
    const seen: string[] = []
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const { report } = await runLoad([`ws://${server.host}/`, ...words, '--find-max', 'msg_rtt: p(99)<100ms'])
      const held = level(report, 'max_held')
      const missed = level(report, 'max_missed')
      const text = report.findings.find(({ id }) => id === 'find-max')?.text ?? ''
      seen.push(`${report.validity.verdict}: ${text}`)
      // What a busy machine cannot try it must not call the target's limit.
      if (report.validity.verdict === 'limited') continue
      t.diagnostic(text)
      assert.ok(held !== null && Math.abs(held / CAPACITY - 1) <= 0.05, text)
      assert.ok(missed !== null && missed > held && missed <= held * 1.05, text)
      assert.match(text, /the target was the limit/)
      return
    }
    t.skip(`this machine is too busy: ${seen.join('; ')}`)
  })
})

// A worker process that dies in the middle of a run, by each choice of --on-worker-exit.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { describe, it, type TestContext } from 'node:test'
import type { Report } from '../../src/report/report.ts'
import { RTBENCH } from '../cli/run-rtbench.ts'
import { childrenOf } from '../servers/children.ts'
import { startServer } from '../servers/start.ts'
import { counter, histogram } from './run-load.ts'

const passed = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** Ends one of its workers `afterMs` after they all are there; `pick` chooses by the order of their start. */
async function runAndKill(
  t: TestContext,
  words: (string | number)[],
  { workers, afterMs, pick }: { workers: number; afterMs: number; pick: number },
): Promise<{ code: number | null; report: Report; tookMs: number }> {
  const all = ['load', ...words.map(String), '--json', '--no-progress']
  const child = spawn(process.execPath, [RTBENCH, ...all], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  const closed = once(child, 'close', { signal: AbortSignal.timeout(90_000) }) as Promise<[number | null]>
  const deadline = performance.now() + 40_000
  while (childrenOf(child.pid!).length < workers) {
    assert.ok(performance.now() < deadline, `not ${workers} workers in 40 s`)
    await passed(20)
  }
  await passed(afterMs)
  process.kill(childrenOf(child.pid!).sort((a, b) => a - b)[pick]!, 'SIGKILL')
  const killedAt = performance.now()
  const [code] = await closed
  return { code, report: JSON.parse(stdout) as Report, tookMs: performance.now() - killedAt }
}

const DIED = /^worker \d ended during the run \(SIGKILL\): its connections and counts are missing$/m

describe('a worker dies', { skip: existsSync('/proc/self/stat') ? false : 'there is no /proc', concurrency: 1 }, () => {
  const echo = (host: string) => [`ws://${host}/`, '-c', 20, '-r', 10, '-w', 2]

  it('--on-worker-exit fail: the run ends at once, exit 3', async t => {
    const server = await startServer(t, 'websocket-delaying', [100])
    const words = [...echo(server.host), '-d', '60s', '--on-worker-exit', 'fail']
    const { code, report, tookMs } = await runAndKill(t, words, { workers: 2, afterMs: 3000, pick: 0 })
    assert.equal(code, 3)
    assert.equal(report.verdict, 'invalid')
    assert.match(report.validity.reasons.join('\n'), DIED)
    assert.ok(tookMs < 25_000, `${tookMs} ms`)
    assert.ok(report.durationMs < 40_000, `${report.durationMs} ms`)
  })

  it('--on-worker-exit continue: the others go on to the end; what was under way in it is no loss', async t => {
    const server = await startServer(t, 'websocket-delaying', [100])
    const words = [...echo(server.host), '-d', '8s', '--on-worker-exit', 'continue']
    const { code, report } = await runAndKill(t, words, { workers: 2, afterMs: 3500, pick: 1 })
    assert.equal(code, 3, 'figures without a part of the load are no measurement')
    assert.match(report.validity.reasons.join('\n'), DIED)
    assert.ok(Math.abs(report.durationMs - 8000) < 1000, `${report.durationMs} ms`)
    const sent = counter(report, 'msgs_sent')
    const received = counter(report, 'msgs_received')
    // The one that lived sent for 8 s, the other one for some of it.
    assert.ok(sent >= 780 && sent < 1600, `${sent} sent`)
    assert.equal(histogram(report, 'msg_rtt').count, received)
    assert.equal(counter(report, 'msgs_lost'), 0, `${sent} sent, ${received} received`)
    assert.deepEqual(report.failures, [])
  })

  it('the same with --allow-limited: exit 0, and the report says it', async t => {
    const server = await startServer(t, 'websocket-delaying', [100])
    const words = [...echo(server.host), '-d', '5s', '--on-worker-exit', 'continue', '--allow-limited']
    const { code, report } = await runAndKill(t, words, { workers: 2, afterMs: 2500, pick: 0 })
    assert.equal(code, 0)
    assert.equal(report.validity.verdict, 'limited')
    const finding = report.findings.find(({ id }) => id === 'limited-allowed')
    assert.match(finding!.text, /worker \d ended during the run \(SIGKILL\)/)
  })

  it('the one that publishes dies: nobody knows what was lost, so nothing is said', async t => {
    const server = await startServer(t, 'events-publishing')
    const url = `http://${server.host}`
    const words = [`${url}/events`, '-t', 'sse', '--publish', `${url}/publish`, '-c', 10, '-R', 50, '-w', 1]
    const choice = ['-d', '30s', '--on-worker-exit', 'continue', '--timeout', '2s']
    const { code, report } = await runAndKill(t, [...words, ...choice], { workers: 2, afterMs: 4000, pick: 1 })
    assert.equal(code, 3)
    assert.match(report.validity.reasons.join('\n'), /^worker 1 ended during the run \(SIGKILL\)/m)
    assert.ok(counter(report, 'msgs_received') > 0)
    assert.equal(report.metrics['msgs_lost'], undefined)
    assert.equal(report.metrics['reach'], undefined)
  })
})

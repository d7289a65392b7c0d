import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import type { Report } from '../../src/report/report.ts'
import { RTBENCH } from '../cli/run-rtbench.ts'
import { childrenOf } from '../servers/children.ts'
import { startServer, type StartedServer } from '../servers/start.ts'
import { counter, histogram, runLoad } from './run-load.ts'

/** A run of a minute in its own process, as a terminal would start it. */
function longRun(t: TestContext, url: string, words: string[] = []) {
  const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-interrupted-'))
  const file = path.join(folder, 'result.json')
  const all = ['load', url, '-c', '20', '-r', '10', '-d', '60s', '-o', file, '--allow-limited', ...words]
  const child = spawn(process.execPath, [RTBENCH, ...all], { stdio: ['ignore', 'pipe', 'pipe'] })
  t.after(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  const ended = once(child, 'close', { signal: AbortSignal.timeout(50_000) }) as Promise<[number | null]>
  return {
    child,
    file,
    async ended() {
      const [code] = await ended
      return { code, stdout, report: JSON.parse(readFileSync(file, 'utf8')) as Report }
    },
  }
}

/** Until so many messages have come to the server: a busy machine starts slowly. */
async function untilMessages(server: StartedServer<{ messages: number }>, least: number): Promise<void> {
  const deadline = performance.now() + 30_000
  while ((await server.facts()).messages < least) {
    assert.ok(performance.now() < deadline, `not ${least} messages in 30 s`)
    await passed(50)
  }
}

/** The processes of so many workers; they begin after the run listens for signals. */
async function untilWorkers(pid: number, least: number): Promise<number[]> {
  const deadline = performance.now() + 30_000
  for (;;) {
    const workers = childrenOf(pid)
    if (workers.length >= least) return workers
    assert.ok(performance.now() < deadline, `not ${least} workers in 30 s`)
    await passed(50)
  }
}

const passed = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

describe('a run that is cut short still reports', { concurrency: 2 }, () => {
  for (const [signal, exitCode] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`${signal}: table on stdout, complete JSON in the file, exit ${exitCode}`, async t => {
      const server = await startServer<{ messages: number }>(t, 'websocket-echo')
      const run = longRun(t, `ws://${server.host}/echo`)
      await untilMessages(server, 500)
      run.child.kill(signal)
      const signalledAt = performance.now()
      const { code, stdout, report } = await run.ended()
      const tookMs = performance.now() - signalledAt
      assert.equal(code, exitCode)
      assert.ok(tookMs < 15_000, `${tookMs} ms from the signal to the end`)
      assert.match(stdout, /Latency/)
      assert.match(stdout, /round trip/)
      assert.equal(report.interrupted, signal)
      assert.equal(counter(report, 'conn_opened'), 20)
      assert.ok(report.durationMs > 100 && report.durationMs < 30_000, `${report.durationMs} ms`)
      const sent = counter(report, 'msgs_sent')
      assert.ok(sent > 0)
      assert.equal(histogram(report, 'msg_rtt').count, counter(report, 'msgs_received'))
      assert.equal(counter(report, 'msgs_lost'), sent - counter(report, 'msgs_received'))
    })
  }

  it('SIGINT while the connections are being opened', async t => {
    const server = await startServer(t, 'hostile', ['silent'])
    const run = longRun(t, `ws://${server.host}/echo`)
    if (existsSync('/proc/self/stat')) await untilWorkers(run.child.pid!, 1)
    await passed(4000)
    run.child.kill('SIGINT')
    const { code, report } = await run.ended()
    assert.equal(code, 130)
    assert.equal(counter(report, 'conn_opened'), 0)
  })

  it('a second SIGINT ends it at once', async t => {
    const server = await startServer<{ messages: number }>(t, 'websocket-echo')
    const run = longRun(t, `ws://${server.host}/echo`)
    await untilMessages(server, 100)
    run.child.kill('SIGINT')
    await passed(5)
    run.child.kill('SIGINT')
    const [code] = (await once(run.child, 'close', { signal: AbortSignal.timeout(20_000) })) as [number]
    assert.equal(code, 130)
  })

  it('a server that dies: every connection is counted as dropped, and the run ends in time', async t => {
    const server = await startServer<{ messages: number }>(t, 'websocket-echo')
    const running = runLoad([`ws://${server.host}/echo`, '-c', 20, '-r', 10, '-d', '10s', '--timeout', '2s'])
    await untilMessages(server, 500)
    server.kill()
    const { code, report } = await running
    assert.equal(code, 0)
    assert.equal(counter(report, 'conn_dropped'), 20)
    assert.equal(counter(report, 'msgs_lost'), counter(report, 'msgs_sent') - counter(report, 'msgs_received'))
    const dropped = report.failures.reduce((sum, { count }) => sum + count, 0)
    assert.equal(dropped, 20)
    assert.ok(['reset', 'closed'].includes(report.failures[0]!.class))
  })

  it('a worker that dies: the run ends, says so, and is no measurement', async t => {
    if (!existsSync('/proc/self/stat')) {
      t.skip('there is no /proc')
      return
    }
    const server = await startServer<{ messages: number }>(t, 'websocket-echo')
    const run = longRun(t, `ws://${server.host}/echo`, ['-w', '2'])
    await untilMessages(server, 500)
    process.kill(childrenOf(run.child.pid!)[0]!, 'SIGKILL')
    const killedAt = performance.now()
    const { report } = await run.ended()
    assert.ok(performance.now() - killedAt < 25_000)
    assert.equal(report.validity.verdict, 'limited')
    assert.match(report.validity.reasons.join('\n'), /^worker \d ended during the run \(SIGKILL\)/m)
    assert.ok(counter(report, 'conn_opened') >= 10)
  })

  it('workers that die before anything ran: invalid, also with --allow-limited', async t => {
    if (!existsSync('/proc/self/stat')) {
      t.skip('there is no /proc')
      return
    }
    const server = await startServer(t, 'hostile', ['silent'])
    const run = longRun(t, `ws://${server.host}/echo`, ['-w', '2'])
    for (const worker of await untilWorkers(run.child.pid!, 2)) process.kill(worker, 'SIGKILL')
    const { code, report } = await run.ended()
    assert.equal(report.verdict, 'invalid')
    assert.equal(code, 3)
  })
})

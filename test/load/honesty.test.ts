// What spoils a measurement, done to it: the figures stay true, or the run says that they are not.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { describe, it, type TestContext } from 'node:test'
import type { Report } from '../../src/report/report.ts'
import { RTBENCH } from '../cli/run-rtbench.ts'
import { childrenOf } from '../servers/children.ts'
import { startServer } from '../servers/start.ts'
import { counter, histogram, runLoad, tooBusy } from './run-load.ts'

interface Run {
  child: ChildProcess
  ended: Promise<{ code: number | null; report: Report }>
}

/** A run whose process is in the test's hands. */
function start(t: TestContext, words: (string | number)[]): Run {
  const child = spawn(process.execPath, [RTBENCH, 'load', ...words.map(String), '--json', '--no-progress'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  let stdout = ''
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  const closed = once(child, 'close', { signal: AbortSignal.timeout(90_000) }) as Promise<[number | null]>
  return { child, ended: closed.then(([code]) => ({ code, report: JSON.parse(stdout) as Report })) }
}

const BEHIND = /^the target was the limit: of ([\d,.]+)\/s .* it answered ([\d.]+)\/s, .* and ([\d.]+) s at the end/

const behindOf = ({ findings }: Report) => findings.find(({ id }) => id === 'target-behind')?.text

const passed = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

async function untilMessages(facts: () => Promise<{ messages: number }>, least: number): Promise<void> {
  const deadline = performance.now() + 40_000
  while ((await facts()).messages < least) {
    assert.ok(performance.now() < deadline, `not ${least} messages in 40 s`)
    await passed(20)
  }
}

describe('a target that stands still', () => {
  it('1.4 s in 10 s: the stall is in p99 from the schedule, and every message is accounted for', async t => {
    const server = await startServer(t, 'websocket-limited', [1e6, 1e6, 'stall=4000,5400'])
    const { report } = await runLoad([`ws://${server.host}/`, '-c', 100, '-R', 2000, '-d', '10s', '-w', 2])
    const sent = counter(report, 'msgs_sent')
    assert.equal(sent + counter(report, 'gen_unsent'), 20_000)
    assert.equal(counter(report, 'msgs_received'), sent)
    assert.equal(counter(report, 'msgs_lost'), 0)
    const { p99, count } = histogram(report, 'msg_rtt')
    assert.equal(count, sent)
    assert.equal(histogram(report, 'msg_rtt_service').count, sent)
    // 14 % of the messages wait evenly long for its end: the p99 of all is 1.3 s.
    if (tooBusy(t, report, p99 >= 1200 && p99 <= 1500)) return
    assert.ok(p99 >= 1200 && p99 <= 1500, `p99 ${p99} ms`)
  })
})

describe('a generator that stands still', { skip: existsSync('/proc/self/stat') ? false : 'there is no /proc' }, () => {
  it('rtbench and its workers stopped for 500 ms: limited, exit 3, with the figure and the remedy', async t => {
    const server = await startServer<{ messages: number }>(t, 'websocket-echo')
    const { child, ended } = start(t, [`ws://${server.host}/echo`, '-c', 20, '-r', 20, '-d', '5s', '-w', 2])
    await untilMessages(server.facts, 400)
    const all = [child.pid!, ...childrenOf(child.pid!)]
    assert.equal(all.length, 3)
    for (const pid of all) process.kill(pid, 'SIGSTOP')
    await passed(500)
    for (const pid of all) process.kill(pid, 'SIGCONT')
    const { code, report } = await ended
    assert.equal(code, 3)
    assert.equal(report.verdict, 'invalid')
    assert.equal(report.validity.verdict, 'limited')
    assert.match(
      report.validity.reasons.join('\n'),
      /stood still: .* (4[5-9]\d|[5-9]\d\d|\d{4,}) ms at once.*; run it on/,
    )
    // Nothing is left out of the count for all that.
    assert.equal(counter(report, 'msgs_sent') + counter(report, 'gen_unsent'), 2000)
    assert.equal(counter(report, 'msgs_received'), counter(report, 'msgs_sent'))
  })

  for (const perCore of [1, 4]) {
    it(`${perCore} busy neighbours per core: 100 ms is measured as 100 to 103 ms, or it is limited`, async t => {
      const server = await startServer(t, 'websocket-delaying', [100])
      const neighbours = Array.from({ length: Math.min(32, perCore * cpus().length) }, () =>
        spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
      )
      t.after(() => neighbours.forEach(neighbour => neighbour.kill('SIGKILL')))
      const { ended } = start(t, [`ws://${server.host}/`, '-c', 20, '-r', 10, '-d', '4s', '-w', 2])
      const { code, report } = await ended
      const { p50, min } = histogram(report, 'msg_rtt')
      t.diagnostic(`${report.validity.verdict}: p50 ${p50} ms; ${report.validity.reasons.join('; ')}`)
      assert.ok(min >= 99.9, `an answer after ${min} ms`)
      if (report.validity.verdict === 'limited') assert.equal(code, 3)
      else assert.ok(p50 >= 100 && p50 <= 103, `p50 ${p50} ms`)
    })
  }
})

describe('more than can be done', () => {
  it('a rate that the target cannot take: it is sent, and the figures show who is behind', async t => {
    const server = await startServer(t, 'websocket-limited', [500, 20])
    const words = ['-c', 20, '-R', 1000, '-d', '4s', '--timeout', '2s', '--timeline', '500ms', '-w', 2]
    const { report } = await runLoad([`ws://${server.host}/`, ...words])
    const sent = counter(report, 'msgs_sent')
    assert.equal(sent + counter(report, 'gen_unsent'), 4000)
    const received = counter(report, 'msgs_received')
    assert.equal(counter(report, 'msgs_lost'), sent - received)
    // The bucket gave at most 500 a second over run and patience.
    assert.ok(received <= 500 * 12, `${received} received`)
    const { p99 } = histogram(report, 'msg_rtt')
    assert.ok(p99 > 1000, `p99 ${p99} ms`)
    if (tooBusy(t, report, behindOf(report) !== undefined)) return
    // Of 1,000/s in the later half it answered 500, the last ones some 2 s late.
    const [, asked, answered, last] = BEHIND.exec(behindOf(report)!) ?? []
    assert.ok(Math.abs(Number(asked!.replace(',', '')) - 1000) < 60, asked)
    assert.ok(Math.abs(Number(answered) - 500) < 60, answered)
    assert.ok(Number(last) > 1.2 && Number(last) < 2.5, last)
  })

  it('a rate that the target takes, with every fifth message lost: it is not called the limit', async t => {
    const server = await startServer<{ altered: number }>(t, 'websocket-altering', ['drop', 5])
    const words = ['-c', 20, '-R', 500, '-d', '5s', '--timeout', '500ms', '-w', 1]
    const { report } = await runLoad([`ws://${server.host}/`, ...words])
    const { altered } = await server.facts()
    assert.ok(altered > 0)
    assert.equal(counter(report, 'msgs_lost'), altered)
    assert.equal(behindOf(report), undefined)
  })

  it('a rate that rtbench cannot send: limited, exit 3, never a quiet shortfall', async t => {
    const server = await startServer(t, 'websocket-echo')
    const asked = 3_000_000
    const { ended } = start(t, [
      `ws://${server.host}/echo`,
      '-c',
      20,
      '-R',
      asked,
      '-d',
      '1s',
      '-w',
      1,
      '--timeout',
      '5s',
    ])
    const { code, report } = await ended
    assert.equal(code, 3)
    assert.equal(report.validity.verdict, 'limited')
    assert.match(
      report.validity.reasons.join('\n'),
      /^(\d+ of \d+ messages could not be sent in time|messages were sent [\d.]+ ms after their schedule).*lower /m,
    )
    assert.equal(behindOf(report), undefined, 'the target is not blamed')
    const [sent, unsent] = [
      counter(report, 'msgs_sent'),
      counter(report, 'gen_unsent') + counter(report, 'msgs_unsent'),
    ]
    assert.ok(unsent > 0)
    assert.ok(Math.abs(sent + unsent - asked) <= 1, `${sent} sent and ${unsent} not, of ${asked}`)
  })
})

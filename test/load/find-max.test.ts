import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import type { Report } from '../../src/report/report.ts'
import { startServer } from '../servers/start.ts'
import { type LoadEnded, runLoad } from './run-load.ts'

const ATTEMPTS = 3
/** A file of tests has five minutes. */
const ASKS_AGAIN_MS = 25_000
const FAST = ['--timeline', '200ms', '--timeout', '1s']

const level = ({ metrics }: Report, name: string): number | null => {
  const metric = metrics[name]
  return metric?.type === 'gauge' ? metric.value : null
}

const answerOf = ({ findings }: Report): string => findings.find(({ id }) => id === 'find-max')?.text ?? ''

/** What a busy machine cannot try it must not call the target's limit: it is asked again, and skips at last. */
async function find(t: TestContext, words: (string | number)[]): Promise<LoadEnded | null> {
  const seen: string[] = []
  const startedAt = performance.now()
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    if (performance.now() - startedAt > ASKS_AGAIN_MS) break
    const ended = await runLoad([...words, ...FAST])
    seen.push(`${ended.report.validity.verdict}: ${answerOf(ended.report)}`)
    if (ended.report.validity.verdict === 'limited') continue
    t.diagnostic(answerOf(ended.report))
    return ended
  }
  t.skip(`this machine is too busy: ${seen.join('; ')}`)
  return null
}

/** The highest that held is within 5 % of the capacity, and the lowest that did not within 5 % of that. */
function isCapacity({ report }: LoadEnded, capacity: number): void {
  const text = answerOf(report)
  const held = level(report, 'max_held')
  const missed = level(report, 'max_missed')
  assert.ok(held !== null && Math.abs(held / capacity - 1) <= 0.05, text)
  assert.ok(missed !== null && missed > held && missed <= held * 1.05, text)
  assert.match(text, /; the target was the limit; \d+ levels tried$/)
}

describe('--find-max finds a known capacity', { concurrency: 1 }, () => {
  it('msg_rtt: of an echo that lets what is above wait', async t => {
    const server = await startServer(t, 'websocket-limited', [1500, 30])
    const words = [`ws://${server.host}/`, '-c', 20, '-R', 800, '-d', '2s', '-w', 1]
    const ended = await find(t, [...words, '--find-max', 'msg_rtt: p(99)<100ms'])
    if (ended !== null) isCapacity(ended, 1500)
  })

  it('error_rate: of an echo that answers nothing above it; what it lost is exact', async t => {
    const server = await startServer(t, 'websocket-limited', [1000, 20, 'shed'])
    const words = [`ws://${server.host}/`, '-c', 10, '-R', 600, '-d', '1200ms', '-w', 1]
    const ended = await find(t, [...words, '--find-max', 'error_rate: rate<1%'])
    if (ended !== null) isCapacity(ended, 1000)
  })

  it('push_latency: of an endpoint that delivers so many a second', async t => {
    const server = await startServer(t, 'events-publishing', [0, 1e6, 400])
    const url = `http://${server.host}`
    const words = [`${url}/events`, '-t', 'sse', '--publish', `${url}/publish`, '-c', 5, '-R', 250, '-d', '2s', '-w', 1]
    const ended = await find(t, [...words, '--find-max', 'push_latency: p(99)<150ms'])
    if (ended !== null) isCapacity(ended, 400)
  })

  for (const [how, why] of [
    ['refuse', /of \d+ were open\)/],
    ['slow', /did not is \d+ connections \(measured (29\d|3\d\d)/],
  ] as const) {
    it(`conn_upgrade: of a server that knows no more than 90 connections (${how})`, async t => {
      const server = await startServer<{ most: number }>(t, 'websocket-crowded', [90, how])
      const words = [`ws://${server.host}/`, '-p', 'idle', '-c', 200, '-d', '400ms', '-w', 2]
      const ended = await find(t, [...words, '--find-max', 'conn_upgrade: p(99)<150ms'])
      if (ended === null) return
      isCapacity(ended, 90)
      const missed = level(ended.report, 'max_missed')!
      assert.ok(level(ended.report, 'max_held')! <= 90 && missed > 90, 'one more than it takes does not hold')
      assert.match(answerOf(ended.report), why)
      const { most } = await server.facts()
      assert.ok(how === 'slow' ? most > 90 && most <= 110 : most === 90, `${most} open at once`)
    })
  }

  it('conn_upgrade: connections climb to --connections, and no further', async t => {
    const server = await startServer<{ most: number }>(t, 'websocket-crowded', [1000])
    const words = [`ws://${server.host}/`, '-p', 'idle', '-c', 40, '-d', '400ms', '-w', 2]
    const ended = await find(t, [...words, '--find-max', 'conn_upgrade: p(99)<500ms'])
    if (ended === null) return
    assert.equal(level(ended.report, 'max_held'), 40)
    assert.match(answerOf(ended.report), /, and none missed: 40 is the most that was to be tried; \d levels tried$/)
    assert.equal((await server.facts()).most, 40)
  })

  it('nobody there: unreachable, after one level', async () => {
    const { code, report } = await runLoad([
      'ws://127.0.0.1:1/',
      '-c',
      200,
      '-d',
      '400ms',
      ...FAST,
      '--find-max',
      'conn_upgrade: p(99)<1s',
    ])
    assert.equal(code, 4)
    assert.match(answerOf(report), /; 1 level tried$/)
  })
})

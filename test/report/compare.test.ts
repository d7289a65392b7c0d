import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareReports } from '../../src/report/compare.ts'
import { MismatchError } from '../../src/report/merge.ts'
import type { HistogramMetric, Metric, Report } from '../../src/report/report.ts'
import { comparisonSections, comparisonVerdict } from '../../src/report/sections/comparison.ts'
import { seededRandom, type Random } from '../../src/world/random.ts'
import { counter, emptyReport } from '../reporters/fixtures/base-report.ts'
import { checkReport } from '../reporters/fixtures/check-report.ts'

const shape = { type: 'histogram', unit: 'ms', count: 1000, min: 0, hdr: '' } as const
const times = (p50: number, p99: number): HistogramMetric => {
  const tail = { p90: p99, p95: p99, p999: p99, max: p99 }
  return { ...shape, ...tail, mean: p50, p50, p99 }
}
const report = (metrics: Record<string, Metric>): Report => ({ ...emptyReport('load'), metrics })

/** Runs on a machine whose speed drifts: each run's luck is half that of the run before, and all its times share it. */
function machine(random: Random, noise: number) {
  let luck = 0
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return (p99Factor: number): Report => {
    luck = 0.5 * luck + noise * normal()
    const own = () => Math.exp(luck + noise * normal())
    const of = (ms: number, factor = 1) => times(ms * own(), ms * 4 * own() * factor)
    return report({
      msg_rtt: of(10, p99Factor),
      conn_tcp: of(1),
      conn_upgrade: of(2),
      conn_first_message: of(3),
      msgs_lost: counter(0),
    })
  }
}

/** Interleaved as A B B A, the way runs are made. */
function sides(run: (factor: number) => Report, rounds: number, factor: number) {
  const before: Report[] = []
  const after: Report[] = []
  for (let round = 0; round < rounds; round += 1) {
    const pair = [() => before.push(run(1)), () => after.push(run(factor))]
    for (const one of round % 2 === 0 ? pair : pair.reverse()) one()
  }
  return { before, after }
}

test('of 200 comparisons of a server with itself at most 1 % raise an alarm', () => {
  const run = machine(seededRandom(1), 0.03)
  let alarms = 0
  for (let trial = 0; trial < 200; trial += 1) {
    const { before, after } = sides(run, 10, 1)
    if (compareReports(before, after, { seed: trial }).verdict === 'fail') alarms += 1
  }
  assert.ok(alarms <= 2, `${alarms} false alarms`)
})

test('a p99 that is 10 % longer is found in at least 90 % of comparisons of ten with ten runs', () => {
  const run = machine(seededRandom(2), 0.02)
  let found = 0
  for (let trial = 0; trial < 100; trial += 1) {
    const { before, after } = sides(run, 10, 1.1)
    const { times } = compareReports(before, after, { seed: trial })
    if (times.find(({ name }) => name === 'msg_rtt p99')!.change === 'worse') found += 1
  }
  assert.ok(found >= 90, `${found} of 100`)
})

const steady = (ms: number) =>
  Array.from({ length: 10 }, (_, at) => report({ msg_rtt: times(ms + at / 1000, 4 * ms + at / 1000) }))

test('a change under the minimum effect is none, however sure it is', () => {
  const change = (after: number) => compareReports(steady(10), steady(after)).times.map(time => time.change)
  assert.deepEqual(change(10.3), ['same', 'same'])
  assert.deepEqual(change(11), ['worse', 'worse'])
  assert.deepEqual(change(9), ['better', 'better'])
  assert.equal(compareReports(steady(10), steady(9)).verdict, 'pass')
})

test('with too few runs a side for any arrangement to mean something a time is never called worse', () => {
  const { times, verdict } = compareReports(steady(10).slice(6), steady(20).slice(6))
  assert.deepEqual(
    times.map(({ change }) => change),
    ['too few runs', 'too few runs'],
  )
  assert.equal(verdict, 'pass')
})

test('how many runs that takes depends on how many figures are compared', () => {
  const of = (figures: number) =>
    Array.from({ length: 10 }, (_, at) =>
      report(
        Object.fromEntries(
          ['msg_rtt', 'conn_tcp', 'conn_upgrade', 'conn_tls']
            .slice(0, figures)
            .map(name => [name, times(10 + at, 40 + at)]),
        ),
      ),
    )
  // 2 / C(2n, n) for each figure: 2 / 252 with five runs, 2 / 924 with six, 2 / 3432 with seven; two figures a metric.
  assert.deepEqual(
    [1, 2, 4].map(figures => compareReports(of(figures), of(figures)).runs.needed),
    [6, 6, 7],
  )
})

test('a loss where there was none is worse at once; bytes are compared per message', () => {
  const run = (lost: number, framing: number, messages: number) =>
    report({ msgs_lost: counter(lost), bytes_framing_sent: counter(framing), msgs_sent: counter(messages) })
  const changes = (before: Report[], after: Report[]) =>
    Object.fromEntries(compareReports(before, after).counts.map(({ name, change }) => [name, change]))
  assert.deepEqual(changes([run(0, 600, 100), run(0, 606, 101)], [run(0, 1200, 200), run(1, 600, 100)]), {
    msgs_lost: 'worse',
    bytes_framing_sent: 'same',
  })
  assert.equal(changes([run(0, 600, 100)], [run(0, 800, 100)]).bytes_framing_sent, 'worse')
  assert.equal(changes([run(5, 0, 0), run(9, 0, 0)], [run(7, 0, 0), run(2, 0, 0)]).msgs_lost, 'same')
})

test('a check that broke is worse even where the number of failures stayed', () => {
  const before = checkReport()
  const after = checkReport()
  after.checks[0]!.verdict = 'fail'
  after.checks[1]!.verdict = 'pass'
  const { counts, verdict } = compareReports([before], [after])
  assert.equal(verdict, 'fail')
  assert.deepEqual(
    counts.filter(({ change }) => change === 'worse').map(({ name }) => name),
    ['ws.handshake.accept'],
  )
})

test('runs of different work, and invalid runs, are not compared', () => {
  const [one] = steady(10)
  const others: Partial<Report>[] = [
    { kind: 'check' },
    { verdict: 'invalid' },
    { config: { ...one!.config, connections: 5 } },
  ]
  for (const other of others) assert.throws(() => compareReports([one!], [{ ...one!, ...other }]), MismatchError)
})

test('the comparison can be read: both values, the change, its interval, a word', () => {
  const comparison = compareReports(steady(10), steady(12))
  assert.equal(comparisonVerdict(comparison).text, 'worse: msg_rtt p50, msg_rtt p99')
  const [table, counts] = comparisonSections(comparison)
  assert.deepEqual(table!.rows[0]!.slice(0, 4), ['msg_rtt p50', '10 ms', '12 ms', '+20 %'])
  assert.deepEqual(table!.rows[0]![5], { text: 'worse', tone: 'bad' })
  assert.match(table!.paragraphs[0]!.head.text, /^changes of times under 5 %/)
  assert.equal(counts, undefined)
})

test('one run a side is shown without an interval, and the verdict says what it is not about', () => {
  const comparison = compareReports(steady(10).slice(9), steady(135).slice(9))
  const [row] = comparisonSections(comparison)[0]!.rows
  assert.deepEqual(row!.slice(3), ['× 13.5', '', { text: 'too few runs', tone: 'warning' }])
  assert.match(comparisonVerdict(comparison).text, /times are not judged, that takes 6 runs a side/)
})

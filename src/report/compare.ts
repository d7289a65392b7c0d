import { seededRandom } from '../world/random.ts'
import { compareCounts, type CountComparison } from './compare-counts.ts'
import { MismatchError } from './merge.ts'
import { metricEntry } from './metric-catalogue.ts'
import type { Report } from './report.ts'
import { holm, mannWhitney, median, rarestP, ratioInterval } from './statistics.ts'

export type Change = 'worse' | 'better' | 'same' | 'too few runs'

export interface TimeComparison {
  /** e.g. `msg_rtt p99` */
  name: string
  /** Medians over the runs, in ms. */
  beforeMs: number
  afterMs: number
  ratio: number
  interval: [low: number, high: number]
  /** Mann–Whitney, corrected over all compared figures. */
  p: number
  change: Change
}

export interface Comparison {
  /** `needed`: on each side, before a change of a time can be told from luck. */
  runs: { before: number; after: number; needed: number }
  minimumEffect: number
  times: TimeComparison[]
  counts: CountComparison[]
  verdict: 'pass' | 'fail'
}

export interface CompareOptions {
  /** A smaller change of a time is never called one: 0.05 is 5 %. */
  minimumEffect?: number
  /** The share of comparisons of equals that may raise an alarm. */
  alpha?: number
  seed?: number
}

/** With fewer runs a side even the rarest arrangement of the values is too common after the correction. */
function runsNeeded(figures: number, alpha: number): number {
  let runs = 2
  while (rarestP(runs) * Math.max(1, figures) >= alpha) runs += 1
  return runs
}

/**
 * Holds runs against earlier runs of the same thing. The run is the unit, because messages of one run share its luck: a
 * time has changed only if the corrected test, the interval of the ratio and the minimum effect all say so.
 */
export function compareReports(
  before: readonly Report[],
  after: readonly Report[],
  { minimumEffect = 0.05, alpha = 0.01, seed = 1 }: CompareOptions = {},
): Comparison {
  refuseUnlike(before, after)
  const figures = figuresOf([...before, ...after])
  const random = seededRandom(seed)
  const needed = runsNeeded(figures.length, alpha)
  const enough = Math.min(before.length, after.length) >= needed
  const samples = figures.map(figure => ({ figure, a: valuesOf(before, figure), b: valuesOf(after, figure) }))
  const ps = holm(samples.map(({ a, b }) => mannWhitney(a, b)))
  const times = samples.map(({ figure, a, b }, at): TimeComparison => {
    const [beforeMs, afterMs] = [median(a), median(b)]
    const ratio = afterMs / beforeMs
    const interval = enough ? ratioInterval(a, b, random) : ([ratio, ratio] as [number, number])
    const significant = ps[at]! < alpha && (interval[0] > 1 || interval[1] < 1) && Math.abs(ratio - 1) > minimumEffect
    const change = !enough ? 'too few runs' : !significant ? 'same' : ratio > 1 ? 'worse' : 'better'
    return { name: `${figure.metric} ${figure.percentile}`, beforeMs, afterMs, ratio, interval, p: ps[at]!, change }
  })
  const counts = compareCounts(before, after)
  const worse = [...times, ...counts].some(({ change }) => change === 'worse')
  return {
    runs: { before: before.length, after: after.length, needed },
    minimumEffect,
    times,
    counts,
    verdict: worse ? 'fail' : 'pass',
  }
}

interface Figure {
  metric: string
  percentile: 'p50' | 'p99'
}

// Times of the target that every run has. The generator's own and the warm-up are not the target's.
function figuresOf(reports: Report[]): Figure[] {
  return Object.keys(reports[0]!.metrics)
    .filter(name => metricEntry(name)?.type === 'histogram' && !/^(gen_|warmup_)/.test(name))
    .filter(name => reports.every(({ metrics }) => metrics[name]?.type === 'histogram' && metrics[name].p50 > 0))
    .flatMap(metric => [
      { metric, percentile: 'p50' as const },
      { metric, percentile: 'p99' as const },
    ])
}

function valuesOf(reports: readonly Report[], { metric, percentile }: Figure): number[] {
  return reports.map(({ metrics }) => {
    const own = metrics[metric]!
    return own.type === 'histogram' ? own[percentile] : 0
  })
}

// The URL may differ (that is what is compared), and so may seeds, shards and gates.
function refuseUnlike(before: readonly Report[], after: readonly Report[]): void {
  const [first] = before
  if (first === undefined || after.length === 0) throw new MismatchError('a comparison needs a run on each side')
  for (const report of [...before, ...after]) {
    if (report.kind !== first.kind)
      throw new MismatchError(`a ${report.kind} run cannot be compared with a ${first.kind} run`)
    if (report.verdict === 'invalid' || report.verdict === 'unreachable') {
      throw new MismatchError(`the run of ${report.startedAt} is ${report.verdict} and cannot be compared`)
    }
    for (const key of ['pattern', 'connections', 'stages', 'pace', 'message', 'deflate', 'clients', 'policies']) {
      if (JSON.stringify(report.config[key]) !== JSON.stringify(first.config[key])) {
        throw new MismatchError(`the runs differ in ${key}: their figures cannot be compared`)
      }
    }
  }
}

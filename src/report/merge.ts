import type { Threshold } from '../config/run-config.ts'
import { combineMetrics } from './combine.ts'
import { mergeTimelines } from './merge-timelines.ts'
import type { FailureClass, Finding, Metric, Report, RunVerdict } from './report.ts'
import { evaluateThresholds } from './thresholds.ts'

/** Why reports cannot be put together or held against each other, in one sentence. */
export class MismatchError extends Error {
  override name = 'MismatchError'
}

interface Shard {
  index: number
  count: number
  runId: string
}

/**
 * The report of the whole run from those of all its shards: counters and rates add, histograms add bucket for bucket,
 * gauges follow their rule in the catalogue, thresholds are held against the whole. Refuses what is not one run.
 */
export function mergeReports(parts: readonly Report[]): Report {
  const ordered = refuseStrangers(parts)
  const [first] = ordered
  const metrics = mergedMetrics(ordered)
  const durationMs = Math.max(...ordered.map(part => part.durationMs))
  const { thresholds: gates = [], target } = first!.config as {
    thresholds?: Threshold[]
    target?: { transport?: string }
  }
  const tags = target?.transport === undefined ? {} : { transport: target.transport }
  const thresholds = evaluateThresholds(gates, { metrics, durationMs, tags })
  const interrupted = ordered.find(part => part.interrupted !== undefined)?.interrupted
  return {
    ...first!,
    startedAt: ordered.map(part => part.startedAt).sort()[0]!,
    durationMs,
    config: { ...first!.config, shard: null },
    environment: { shards: ordered.map(part => part.environment) },
    validity: {
      verdict: ordered.some(part => part.validity.verdict === 'limited') ? 'limited' : 'valid',
      reasons: ordered.flatMap(part => part.validity.reasons.map(reason => `shard ${shardOf(part)!.index}: ${reason}`)),
    },
    metrics,
    timeline: mergeTimelines(ordered),
    failures: mergedFailures(ordered),
    thresholds,
    findings: mergedFindings(ordered),
    ...(interrupted === undefined ? {} : { interrupted }),
    verdict: mergedVerdict(
      ordered,
      thresholds.every(({ ok }) => ok),
    ),
  }
}

function shardOf({ config }: Report): Shard | null {
  return (config.shard ?? null) as Shard | null
}

function refuseStrangers(parts: readonly Report[]): Report[] {
  const [first] = parts
  if (first === undefined) throw new MismatchError('there is no report to merge')
  const shards = parts.map(shardOf)
  if (shards.some(shard => shard === null))
    throw new MismatchError('a report without --shard is a whole run, not a part of one')
  const { runId, count } = shards[0]!
  const same = (what: string, valueOf: (report: Report) => unknown) => {
    if (parts.some(part => JSON.stringify(valueOf(part)) !== JSON.stringify(valueOf(first)))) {
      throw new MismatchError(`the reports differ in ${what}: they are not shards of one run`)
    }
  }
  same('their kind', ({ kind }) => kind)
  same('the version of rtbench', ({ tool }) => tool.version)
  same('the run id', part => shardOf(part)!.runId)
  same('the number of shards', part => shardOf(part)!.count)
  same('their configuration', ({ config }) => sortedKeys({ ...config, shard: null }))
  same('the interval of their timeline', ({ timeline }) => timeline.intervalMs)
  const indexes = shards.map(shard => shard!.index)
  if (new Set(indexes).size < indexes.length) throw new MismatchError(`a shard of run ${runId} is given twice`)
  if (indexes.length < count) throw new MismatchError(`run ${runId} has ${count} shards, ${indexes.length} are given`)
  if (first.checks.length > 0) throw new MismatchError('conformance checks do not add up over shards')
  return parts.toSorted((a, b) => shardOf(a)!.index - shardOf(b)!.index)
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortedKeys(inner)]))
}

function mergedMetrics(parts: Report[]): Record<string, Metric> {
  const names = new Set(parts.flatMap(part => Object.keys(part.metrics)))
  const metrics: Record<string, Metric> = {}
  for (const name of names) {
    const own = parts.map(part => part.metrics[name]).filter(metric => metric !== undefined)
    const whole = combineMetrics(name, own)
    if (whole === null) throw new MismatchError(`${name} is of another type in another shard`)
    metrics[name] = whole
  }
  return metrics
}

function mergedFailures(parts: Report[]): FailureClass[] {
  const classes = new Map<string, FailureClass>()
  for (const failure of parts.flatMap(part => part.failures)) {
    const known = classes.get(failure.class) ?? { class: failure.class, count: 0, examples: [] }
    const examples = [...known.examples, ...failure.examples].slice(0, 3)
    classes.set(failure.class, { class: failure.class, count: known.count + failure.count, examples })
  }
  return [...classes.values()].sort((a, b) => b.count - a.count)
}

function mergedFindings(parts: Report[]): Finding[] {
  return [
    ...new Map(
      parts.flatMap(part => part.findings).map(finding => [`${finding.id} ${finding.text}`, finding]),
    ).values(),
  ]
}

// A shard may have failed by a gate on its own part; only what no threshold explains is carried over.
function mergedVerdict(parts: Report[], held: boolean): RunVerdict {
  if (parts.every(({ verdict }) => verdict === 'unreachable')) return 'unreachable'
  if (parts.some(({ verdict }) => verdict === 'invalid')) return 'invalid'
  const otherwise = parts.some(
    ({ verdict, thresholds }) => verdict === 'unreachable' || (verdict === 'fail' && thresholds.every(({ ok }) => ok)),
  )
  return held && !otherwise ? 'pass' : 'fail'
}

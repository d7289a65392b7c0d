// `METRIC[{tag:value,…}]: AGGREGATE OPERATOR LIMIT [abort [after DURATION]]`: the grammar of k6 with units.
import { UsageError } from './errors.ts'
import { metricCatalogue, type MetricEntry, metricEntry } from '../report/metric-catalogue.ts'
import { didYouMean } from './nearest.ts'
import type { Threshold } from './run-config.ts'
import { durationMs, type Parse, perSecond, plainNumber, quote, sizeBytes } from './units.ts'

type Aggregate = Threshold['aggregate']

// What is gated without being a metric of its own: the verdicts of conformance checks.
const CHECKS: MetricEntry = { type: 'counter', title: 'conformance checks', better: 'neither' }

const AGGREGATES: Record<MetricEntry['type'], readonly Aggregate[]> = {
  histogram: ['avg', 'min', 'med', 'max', 'p', 'count'],
  counter: ['count', 'value', 'rate'],
  rate: ['rate', 'value'],
  gauge: ['value', 'min', 'max'],
}
const CONDITION =
  /^(?<aggregate>[a-z]+)(?:\((?<inner>[^)]*)\)|(?<short>\d{1,3}))?\s*(?<operator><=|>=|===?|!==?|<|>)\s*(?<limit>\S+)(?<rest>.*)$/s

/** Reads one threshold; the error quotes the part that is wrong. */
export const parseThreshold: Parse<Threshold> = (text, flag) => {
  const wrong = (why: string) => new UsageError(`${flag} ${quote(text)}: ${why}`)
  const colon = separator(text)
  if (colon < 0) throw wrong('no colon after the metric; write it as msg_rtt: p(99)<50ms')
  const { metric, tags } = readSelector(text.slice(0, colon).trim(), wrong)
  const entry = metric === 'checks' ? CHECKS : metricEntry(metric)
  if (entry === null) throw wrong(`there is no metric ${quote(metric)}${nearMetrics(metric)}`)

  const condition = text.slice(colon + 1).trim()
  const part = CONDITION.exec(condition)?.groups
  if (part === undefined) throw wrong(`${quote(condition)} is not a condition; write p(99)<50ms, rate<1% or count==0`)
  const { aggregate, percentile } = readAggregate(part, metric, entry, wrong)
  return {
    expr: text,
    metric,
    tags,
    aggregate,
    percentile,
    operator: part['operator']!.slice(0, 2) as Threshold['operator'],
    limit: readLimit(part['limit']!, unitOf(aggregate, metric, entry), wrong),
    ...readAbort(part['rest']!.trim(), wrong),
  }
}

type Wrong = (why: string) => UsageError

// The colon that ends the selector: not one inside the braces.
function separator(text: string): number {
  const end = text.indexOf('}')
  return text.indexOf(':', text.includes('{') && end > 0 ? end : 0)
}

function readSelector(text: string, wrong: Wrong): { metric: string; tags: Record<string, string> } {
  const [, metric, inner] = /^([^{}]*)(?:\{([^{}]*)\})?$/.exec(text) ?? []
  if (metric === undefined) throw wrong(`${quote(text)} is not a metric; tags are written conn_opened{transport:sse}`)
  const tags: Record<string, string> = {}
  for (const pair of inner === undefined ? [] : inner.split(',')) {
    const [, name, value] = /^\s*(\w+)\s*:\s*(\S+)\s*$/.exec(pair) ?? []
    if (name === undefined || value === undefined) throw wrong(`the tag ${quote(pair)} is not written name:value`)
    tags[name] = value
  }
  return { metric: metric.trim(), tags }
}

function readAggregate(part: Record<string, string | undefined>, metric: string, entry: MetricEntry, wrong: Wrong) {
  const written = part['aggregate']!
  const number = part['inner'] ?? part['short']
  const allowed: readonly string[] = metric === 'checks' ? ['failed', 'count', 'rate'] : AGGREGATES[entry.type]
  if (!allowed.includes(written))
    throw wrong(
      `${metric} has no ${quote(written)}; it has ${allowed.map(name => (name === 'p' ? 'p(N)' : name)).join(', ')}`,
    )
  if (written !== 'p') {
    if (number !== undefined) throw wrong(`${written} takes no number`)
    return { aggregate: written as Aggregate, percentile: null }
  }
  // p999 is the 99.9th, as everybody writes it; p100 stays 100.
  const short = part['short']
  const percentile = short?.length === 3 && short !== '100' ? Number(short) / 10 : Number(number?.trim() || Number.NaN)
  if (!(percentile >= 0 && percentile <= 100)) throw wrong(`p(${number ?? ''}) is not a percentile from p(0) to p(100)`)
  return { aggregate: 'p' as const, percentile }
}

type Unit = [read: (text: string) => number | null, example: string]

const MS: Unit = [durationMs, '50ms or 2s']
const BYTES: Unit = [sizeBytes, '64KiB or 1MB']
const SHARE: Unit = [text => (/^[\d.]+%$/.test(text) ? Number(text.slice(0, -1)) / 100 : null), '1% or 0.01']
const PER_SECOND: Unit = [perSecond, '500/s']
const NUMBER: Unit = [plainNumber, '0, 1.5 or 10k']

function unitOf(aggregate: Aggregate, metric: string, { type, unit }: MetricEntry): Unit {
  if (aggregate === 'count' || aggregate === 'failed') return unit === 'B' ? BYTES : NUMBER
  if (type === 'rate' || unit === 'share' || (metric === 'checks' && aggregate === 'rate')) return SHARE
  if (aggregate === 'rate' || unit === '/s') return PER_SECOND
  if (type === 'histogram' || unit === 'ms') return MS
  return unit === 'B' ? BYTES : NUMBER
}

// A bare number is in the base unit, as in k6.
function readLimit(text: string, [read, example]: Unit, wrong: Wrong): number {
  const limit = read(text) ?? plainNumber(text)
  if (limit === null || Number.isNaN(limit)) throw wrong(`the limit ${quote(text)} is not written like ${example}`)
  return limit
}

function readAbort(text: string, wrong: Wrong): { abortOnFail: boolean; delayAbortMs: number } {
  if (text === '') return { abortOnFail: false, delayAbortMs: 0 }
  const [, delay] = /^abort(?:\s+after\s+(\S+))?$/.exec(text) ?? [undefined, 'bad']
  const delayAbortMs = delay === undefined ? 0 : durationMs(delay)
  if (delayAbortMs === null) throw wrong(`${quote(text)} after the limit; only "abort" or "abort after 10s" may follow`)
  return { abortOnFail: true, delayAbortMs }
}

const nearMetrics = (metric: string) =>
  didYouMean(metric, [...Object.keys(metricCatalogue), 'checks']) || ': rtbench list metrics shows all of them'

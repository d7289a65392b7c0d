// The one result of a run, as written by `--json` and read back by `rtbench report`. Field names are a contract with
// scripts and dashboards: add, never rename. `reports/report.schema.json` is the same thing for machines.

export const SCHEMA_VERSION = 1

export type RunKind = 'check' | 'load' | 'outage' | 'proxy' | 'overhead'

/** `invalid`: the generator was the limit (exit 3). `unreachable`: nothing could be opened (exit 4). */
export type RunVerdict = 'pass' | 'fail' | 'invalid' | 'unreachable'

export type CheckLevel = 'must' | 'should' | 'may' | 'quality' | 'info'
export type CheckVerdict = 'pass' | 'warn' | 'fail' | 'info' | 'skip' | 'error'

/** Latencies in ms. `hdr` holds every bucket, so that two histograms merge exactly. */
export interface HistogramMetric {
  type: 'histogram'
  unit: 'ms'
  count: number
  min: number
  mean: number
  p50: number
  p90: number
  p95: number
  p99: number
  p999: number
  max: number
  /** HdrHistogram V2 compressed, base64; values in µs, 3 significant digits. */
  hdr: string
}

export interface CounterMetric {
  type: 'counter'
  value: number
  unit?: string
}

/** A share between 0 and 1, kept as the two counts it comes from so that it merges exactly. */
export interface RateMetric {
  type: 'rate'
  value: number
  hits: number
  total: number
}

/** One number that does not add up over shards (a peak, a time). */
export interface GaugeMetric {
  type: 'gauge'
  value: number
  unit?: string
}

export type Metric = HistogramMetric | CounterMetric | RateMetric | GaugeMetric

/** Column-wise: `series[name][i]` belongs to the interval that ends at `(i + 1) * intervalMs`. Null: no sample. */
export interface Timeline {
  intervalMs: number
  series: Record<string, (number | null)[]>
  /** The buckets behind `p50` to `max` of each interval, as `HistogramMetric.hdr`. */
  latency?: { metric: string; hdr: (string | null)[] }
}

export interface CheckResult {
  id: string
  title: string
  level: CheckLevel
  spec: string
  verdict: CheckVerdict
  reason: string
  expected: string
  observed: string
  ms: number
  /** What to change, for a failure or a warning. */
  fix?: string
  /** Cases of the Autobahn test suite that it decides; none where left out. */
  autobahn?: string[]
}

export interface ThresholdResult {
  expr: string
  /** Null where the metric had no samples; such a threshold fails. */
  value: number | null
  ok: boolean
}

export interface Finding {
  id: string
  severity: 'info' | 'warning' | 'error'
  text: string
  /** What to change, in one sentence or a few lines; empty when nothing is to be done. */
  fix: string
}

/** A class of failures, e.g. `refused` or `http-status`, with the first three in full. */
export interface FailureClass {
  class: string
  count: number
  examples: string[]
}

export interface Report {
  schema: typeof SCHEMA_VERSION
  tool: { name: 'rtbench'; version: string }
  kind: RunKind
  /** RFC 3339, UTC. */
  startedAt: string
  durationMs: number
  /** Resolved and redacted: enough to run it again. */
  config: Record<string, unknown>
  environment: Record<string, unknown>
  validity: { verdict: 'valid' | 'limited'; reasons: string[] }
  checks: CheckResult[]
  metrics: Record<string, Metric>
  timeline: Timeline
  failures: FailureClass[]
  thresholds: ThresholdResult[]
  findings: Finding[]
  /** Set when a signal ended the run early: the exit code is 130 or 143. */
  interrupted?: 'SIGINT' | 'SIGTERM'
  verdict: RunVerdict
}

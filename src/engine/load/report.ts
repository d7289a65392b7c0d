import { redact } from '../../config/redact.ts'
import type { LoadConfig, Transport } from '../../config/run-config.ts'
import { type Report, type RunVerdict, SCHEMA_VERSION } from '../../report/report.ts'
import { clocksApart } from './one-way.ts'
import { evaluateThresholds } from '../../report/thresholds.ts'
import type { Failure } from '../../wire/failure.ts'
import { version } from '../../world/version.ts'
import { environmentOf } from '../environment.ts'
import { type Limits, machineLimits } from '../preflight.ts'
import type { RunContext } from '../progress.ts'
import type { LoadOutcome } from './conduct.ts'
import { abortFinding, behindFinding, clockFinding, loadFindings, resolutionFinding } from './findings.ts'
import { judgeMax, maxFinding, maxMetrics } from './max-report.ts'
import { counted, loadMetrics, loadTimeline } from './metrics.ts'
import type { TargetClock } from './target-clock.ts'
import { behindTarget } from './target-limit.ts'
import { judgeValidity } from './validity.ts'

export interface LoadResult {
  config: LoadConfig
  transport: Transport
  url: string
  startedAt: Date
  outcome: LoadOutcome
  latency: string | null
  /** Of the target, where it is another one that is known. */
  clock: TargetClock | null
  limits: Limits
  workers: number
  context: RunContext
}

/** Judges what a load run brought. */
export function buildReport(result: LoadResult): Report {
  const { config, transport, outcome, context } = result
  const { collector, foundMax } = outcome
  const runningMs = outcome.ranFrom === null || outcome.ranTo === null ? 0 : outcome.ranTo - outcome.ranFrom
  const metrics = loadMetrics(config, collector, {
    expected: expectedArrivals(config, outcome),
    histograms: foundMax?.histograms ?? null,
  })
  if (foundMax !== null) Object.assign(metrics, maxMetrics(foundMax))
  const apart = config.timestamp === null ? null : clocksApart(config.target, metrics, result.clock)
  // Two clocks whose distance nobody knows give no latency, however plausible the number looks.
  if (apart !== null) delete metrics.push_latency
  const validity =
    foundMax === null
      ? judgeValidity(config, collector, runningMs, result.latency, outcome.lostWorkers)
      : judgeMax(foundMax, outcome.lostWorkers)
  // Where the generator was late too nobody can say whose queue it was.
  const isTargets = foundMax === null && validity.verdict === 'valid'
  const behind = isTargets ? behindTarget(config, collector, result.latency) : null
  const thresholds = evaluateThresholds(config.thresholds, { metrics, durationMs: runningMs, tags: { transport } })
  // Where nothing ran there is nothing that a warning could be enough for.
  const limited = validity.verdict === 'limited' && (!config.allowLimited || outcome.ranFrom === null)
  const verdict: RunVerdict =
    outcome.opened === 0 && !context.stop.aborted && outcome.lostWorkers.length === 0
      ? 'unreachable'
      : limited
        ? 'invalid'
        : thresholds.every(({ ok }) => ok) && (foundMax === null || foundMax.held !== null)
          ? 'pass'
          : 'fail'
  return {
    ...frame(config, result.startedAt, transport, result.url),
    durationMs: Math.round(runningMs),
    environment: environmentOf(result.limits, result.workers),
    validity,
    metrics,
    timeline: loadTimeline(config, collector, result.latency),
    failures: collector.failureClasses(),
    thresholds,
    findings: [
      ...(foundMax === null ? [] : [maxFinding(config, foundMax)]),
      ...(outcome.abortedBy === null ? [] : [abortFinding(outcome.abortedBy)]),
      ...(behind === null ? [] : [behindFinding(behind)]),
      ...(apart === null ? [] : [clockFinding(apart)]),
      ...(metrics.push_latency !== undefined && config.timestamp !== null ? [resolutionFinding(result.clock)] : []),
      ...loadFindings(config, transport, collector, metrics, validity),
    ],
    ...(context.stop.aborted && { interrupted: context.stop.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT' }),
    verdict,
  }
}

/** The report of a run that found nobody to talk to. */
export function unreachableReport(config: LoadConfig, startedAt: Date, failure: Failure): Report {
  const none = { metrics: {} }
  return {
    ...frame(config, startedAt, config.target.transport, config.target.url ?? ''),
    durationMs: 0,
    environment: environmentOf(machineLimits(), 0),
    validity: { verdict: 'valid', reasons: [] },
    metrics: {},
    timeline: { intervalMs: config.timelineMs, series: {} },
    failures: [{ class: failure.kind, count: 1, examples: [failure.text] }],
    thresholds: evaluateThresholds(config.thresholds, none),
    findings: [],
    verdict: 'unreachable',
  }
}

function frame(
  config: LoadConfig,
  startedAt: Date,
  transport: string,
  url: string,
): Pick<Report, 'schema' | 'tool' | 'kind' | 'startedAt' | 'config' | 'checks'> {
  return {
    schema: SCHEMA_VERSION,
    tool: { name: 'rtbench', version: version() },
    kind: 'load',
    startedAt: startedAt.toISOString(),
    config: redact({ ...config, target: { ...config.target, transport, url } }),
    checks: [],
  }
}

// Every message is to come back once (echo), or to reach everybody who was subscribed when it was sent (publish).
// What was under way in a lost worker is nothing that the target lost.
function expectedArrivals(config: LoadConfig, { collector, lost, unknown }: LoadOutcome): number | null {
  if (config.pattern === 'echo') return counted(collector, 'msgs_sent') - unknown
  return lost === null ? null : counted(collector, 'msgs_received') + lost
}

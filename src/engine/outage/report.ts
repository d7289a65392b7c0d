import type { OutageConfig } from '../../config/outage-config.ts'
import { redact } from '../../config/redact.ts'
import type { FailureClass, Report, RunVerdict } from '../../report/report.ts'
import { SCHEMA_VERSION } from '../../report/report.ts'
import { evaluateThresholds } from '../../report/thresholds.ts'
import { version } from '../../world/version.ts'
import { environmentOf } from '../environment.ts'
import { machineLimits } from '../preflight.ts'
import type { RunContext } from '../progress.ts'
import type { Compared } from './compared.ts'
import type { Alternative } from './findings.ts'
import { outageFindings } from './findings.ts'
import { outageMetrics, outageTimeline } from './metrics.ts'
import { processesOf } from './spread.ts'
import { judgeHerds } from './validity.ts'

export interface OutageResult {
  config: OutageConfig
  transport: string
  url: string
  startedAt: Date
  durationMs: number
  compared: Compared[]
  alternatives: Alternative[]
  context: RunContext
}

export function outageReport(result: OutageResult): Report {
  const { config, transport, url, startedAt, durationMs, compared, alternatives, context } = result
  const metrics = outageMetrics(compared, config.capacity)
  const validity = judgeHerds(compared)
  const thresholds = evaluateThresholds(config.thresholds, { metrics, durationMs, tags: { transport } })
  const { aborted } = context.stop
  const isUnreachable =
    !config.predictOnly &&
    !aborted &&
    compared.some(({ measured, outcome }) => measured === null || outcome?.neverRestored === true)
  const verdict: RunVerdict = isUnreachable
    ? 'unreachable'
    : validity.verdict === 'limited' && !config.allowLimited
      ? 'invalid'
      : thresholds.every(({ ok }) => ok)
        ? 'pass'
        : 'fail'
  return {
    schema: SCHEMA_VERSION,
    tool: { name: 'rtbench', version: version() },
    kind: 'outage',
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(durationMs),
    config: redact({
      ...config,
      target: { ...config.target, transport, url, ...(config.target.url === null && { embedded: true }) },
    }),
    environment: environmentOf(machineLimits(), config.predictOnly ? 0 : processesOf(config)),
    validity,
    checks: [],
    metrics,
    timeline: outageTimeline(compared),
    failures: failureClasses(compared),
    thresholds,
    findings: outageFindings(config, compared, alternatives),
    ...(aborted && { interrupted: context.stop.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT' }),
    verdict,
  }
}

function failureClasses(compared: readonly Compared[]): FailureClass[] {
  const classes = new Map<string, FailureClass>()
  const add = (name: string, count: number, example: string) => {
    const known = classes.get(name) ?? { class: name, count: 0, examples: [] }
    known.count += count
    if (example !== '' && known.examples.length < 3 && !known.examples.includes(example)) known.examples.push(example)
    classes.set(name, known)
  }
  for (const { outcome } of compared) {
    if (outcome && outcome.openFailed > 0) add('not-opened', outcome.openFailed, outcome.openExample)
    for (const [name, { count, example }] of Object.entries(outcome?.measured?.failureClasses ?? {}))
      add(name, count, example)
  }
  return [...classes.values()].toSorted((a, b) => b.count - a.count)
}

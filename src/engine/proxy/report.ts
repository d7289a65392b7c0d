import type { ProxyConfig } from '../../config/proxy-config.ts'
import { redact } from '../../config/redact.ts'
import { type Finding, type Report, type RunVerdict, SCHEMA_VERSION } from '../../report/report.ts'
import { evaluateThresholds } from '../../report/thresholds.ts'
import type { Stall } from '../../measure/stalls.ts'
import { formatMs } from '../../report/text.ts'
import { now } from '../../world/clock.ts'
import { version } from '../../world/version.ts'
import { environmentOf } from '../environment.ts'
import { machineLimits } from '../preflight.ts'
import type { Hop } from './hop.ts'
import type { PartResult } from './part.ts'

export interface ProxyOutcome {
  startedAt: Date
  startMs: number
  parts: readonly PartResult[]
  findings: readonly Finding[]
  hop: Hop
  stalls: readonly Stall[]
  stop: AbortSignal
}

/** Timeouts are promised to a second; answers are waited for little longer than that. */
const LONGEST_STALL_MS = 1000

export function proxyReport(config: ProxyConfig, outcome: ProxyOutcome): Report {
  const { parts, startedAt, startMs, stop, hop, stalls } = outcome
  const metrics = Object.assign({}, ...parts.map(part => part.metrics)) as Report['metrics']
  const checks = parts.flatMap(part => part.checks)
  const unreachable = parts.find(part => part.unreachable !== null)?.unreachable ?? null
  const findings = [...hopFinding(hop), ...outcome.findings]
  const durationMs = Math.round(now() - startMs)
  const thresholds = evaluateThresholds(config.thresholds, { metrics, checks, durationMs })
  const isBad =
    findings.some(({ severity }) => severity === 'error') ||
    checks.some(({ verdict }) => verdict === 'fail' || verdict === 'error') ||
    thresholds.some(({ ok }) => !ok)
  const stalledMs = Math.max(0, ...stalls.map(({ fromMs, toMs }) => toMs - fromMs))
  const limits = parts.flatMap(part => part.limited ?? [])
  if (stalledMs > LONGEST_STALL_MS)
    limits.push(
      `this machine did not run rtbench for ${formatMs(stalledMs)} at a stretch: no time in this report is surer than that; stop what else runs here`,
    )
  const verdict: RunVerdict =
    unreachable !== null ? 'unreachable' : limits.length > 0 ? 'invalid' : isBad ? 'fail' : 'pass'
  return {
    schema: SCHEMA_VERSION,
    tool: { name: 'rtbench', version: version() },
    kind: 'proxy',
    startedAt: startedAt.toISOString(),
    durationMs,
    config: redact(config),
    environment: environmentOf(machineLimits(), 0),
    validity: { verdict: limits.length > 0 ? 'limited' : 'valid', reasons: limits },
    checks,
    metrics,
    timeline: { intervalMs: 1000, series: {} },
    failures: unreachable === null ? [] : [{ class: 'unreachable', count: 1, examples: [unreachable] }],
    thresholds,
    findings: unreachable === null ? findings : [],
    ...(stop.aborted && { interrupted: stop.reason === 'SIGTERM' ? ('SIGTERM' as const) : ('SIGINT' as const) }),
    verdict,
  }
}

export function hopFinding({ recipe, evidence }: Hop): Finding[] {
  if (recipe === null) return []
  const known = recipe.defaults.length === 0 ? '' : `. Unless configured otherwise: ${recipe.defaults.join('; ')}`
  const basis = recipe.basis === 'tested' ? '' : ' (documented, not verified by rtbench)'
  return [{ id: 'hop', severity: 'info', text: `the hop is ${recipe.title} (${evidence})${known}${basis}`, fix: '' }]
}

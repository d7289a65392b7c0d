import { redact } from '../../config/redact.ts'
import type { CheckConfig } from '../../config/run-config.ts'
import { type CheckResult, type Finding, type Report, SCHEMA_VERSION } from '../../report/report.ts'
import { evaluateThresholds } from '../../report/thresholds.ts'
import { version } from '../../world/version.ts'
import { environmentOf } from '../environment.ts'
import { machineLimits } from '../preflight.ts'

export interface CheckOutcome {
  config: CheckConfig
  startedAt: Date
  durationMs: number
  checks: CheckResult[]
  /** Why nothing could be reached, or null. */
  unreachable: { class: string; text: string } | null
  stop: AbortSignal
}

/** The Report of a check run: known verdicts set aside, the rest judged. */
export function checkReport({ config, startedAt, durationMs, checks, unreachable, stop }: CheckOutcome): Report {
  const { known, findings } = heldAgainst(config, checks)
  const thresholds = evaluateThresholds(config.thresholds, { metrics: {}, checks })
  const bad = checks.some(
    check =>
      !known.has(check.id) &&
      (check.verdict === 'fail' || check.verdict === 'error' || (config.strict && check.verdict === 'warn')),
  )
  const failed = bad || thresholds.some(({ ok }) => !ok) || findings.some(({ severity }) => severity === 'error')
  return {
    schema: SCHEMA_VERSION,
    tool: { name: 'rtbench', version: version() },
    kind: 'check',
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(durationMs),
    config: redact(config),
    environment: environmentOf(machineLimits(), 1),
    validity: { verdict: 'valid', reasons: [] },
    checks,
    metrics: {},
    timeline: { intervalMs: 1000, series: {} },
    failures: unreachable === null ? [] : [{ class: unreachable.class, count: 1, examples: [unreachable.text] }],
    thresholds,
    findings,
    ...(stop.aborted && { interrupted: stop.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT' }),
    verdict: unreachable !== null ? 'unreachable' : failed ? 'fail' : 'pass',
  }
}

/** Which verdicts the baseline expects, and what is no longer as it says. A better one is told too: the file is old. */
function heldAgainst(config: CheckConfig, checks: readonly CheckResult[]): { known: Set<string>; findings: Finding[] } {
  const known = new Set<string>()
  const findings: Finding[] = []
  for (const [id, { verdict, because }] of Object.entries(config.baseline ?? {})) {
    const check = checks.find(one => one.id === id)
    if (check === undefined) continue
    if (check.verdict === verdict) {
      known.add(id)
      check.reason = ['as the baseline expects', because, check.reason].filter(text => text !== '').join('; ')
      continue
    }
    const bad = check.verdict === 'fail' || check.verdict === 'error'
    findings.push({
      id,
      severity: config.strict || bad ? 'error' : 'warning',
      text: `the baseline expects ${verdict} of ${id}, it is ${check.verdict}`,
      fix: bad ? '' : `take ${id} out of the baseline, or write "${check.verdict}" there`,
    })
  }
  return { known, findings }
}

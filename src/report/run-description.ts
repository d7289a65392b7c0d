import type { Report } from './report.ts'
import { countOf } from './metric-read.ts'
import { formatCount, formatCounted, formatMs, formatShare } from './text.ts'

// A report may come from a file, so its configuration is read with care: whatever is not as expected is left out.
type Json = Record<string, unknown>

const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** The endpoint under test; `the embedded endpoint` where the run started its own. */
export function targetOf(report: Report): string {
  const { target, targets } = report.config
  const { url, embedded } = record(target)
  if (embedded === true) return `the embedded endpoint (${text(url)})`
  const several = Array.isArray(targets) ? targets.flatMap(one => text(record(one).url) ?? []) : []
  return text(url) ?? text(report.config.url) ?? text(several.join(', ')) ?? 'the embedded endpoint'
}

/** What was done, in a few words each: transport, pattern, size, time. */
export function describeRun(report: Report): string[] {
  const { config } = report
  const connections = number(config.connections) ?? number(config.clients)
  const stages = Array.isArray(config.stages) ? config.stages.length : 0
  return [
    // A proxy run looks at every transport.
    report.kind === 'proxy' ? null : text(record(config.target).transport),
    text(config.pattern),
    connections === null || stages > 0 ? null : formatCounted(connections, 'connection'),
    stages > 0 ? formatCounted(stages, 'stage') : null,
    describePace(record(config.pace)),
    report.durationMs > 0 ? formatMs(report.durationMs) : null,
  ].filter(part => part !== null)
}

function describePace(pace: Json): string | null {
  if (pace.kind === 'open') return `${number(pace.perConnection) ?? 0} messages/s each`
  if (pace.kind === 'open-total') return `${formatCount(number(pace.total) ?? 0)} messages/s in all`
  return pace.kind === 'closed' ? `${number(pace.inFlight) ?? 1} in flight` : null
}

export const verdictWord = { pass: 'PASS', fail: 'FAIL', invalid: 'INVALID', unreachable: 'UNREACHABLE' } as const

/** The verdict's reason in one sentence. */
export function verdictReason(report: Report): string {
  const sentence = reasonOf(report)
  return report.interrupted === undefined ? sentence : `stopped early by ${report.interrupted}; ${sentence}`
}

function reasonOf(report: Report): string {
  if (report.verdict === 'unreachable') return unreachableReason(report)
  if (report.verdict === 'invalid') {
    return `the load generator was the limit, not the target: ${report.validity.reasons.join('; ') || 'no reason given'}`
  }
  const missed = report.thresholds.filter(threshold => !threshold.ok).length
  const failed = report.checks.filter(check => check.verdict === 'fail').length
  const untold = report.checks.filter(check => check.verdict === 'error').length
  const warned =
    record(report.config).strict === true ? report.checks.filter(({ verdict }) => verdict === 'warn').length : 0
  const findings = report.findings.filter(finding => finding.severity === 'error').length
  const problems = [
    missed > 0 ? `${missed} of ${formatCounted(report.thresholds.length, 'threshold')} missed` : null,
    failed > 0 ? `${failed} of ${formatCounted(report.checks.length, 'check')} failed` : null,
    untold > 0 ? `${formatCounted(untold, 'check')} could not be told` : null,
    warned > 0 ? formatCounted(warned, 'warning') : null,
    findings > 0 ? formatCounted(findings, 'problem') + ' found' : null,
  ].filter(problem => problem !== null)
  // A finding alone fails nothing: a run without a gate still ends well, and says what was seen.
  if (problems.length > 0 && report.verdict !== 'pass') return problems.join(', ')
  const seen = findings > 0 ? `; ${formatCounted(findings, 'problem')} found, but no threshold to fail` : ''
  if (report.kind === 'outage') return herdBack(report) + seen
  if (report.kind === 'proxy') return pathHeld(report)
  if (report.kind === 'overhead') return 'each transport measured, figures per message'
  return (report.kind === 'check' ? checksHeld(report) : trafficHeld(report)) + seen
}

function herdBack(report: Report): string {
  const simulated = record(report.config).predictOnly === true ? ', by simulation' : ''
  const policies = Array.isArray(report.config.policies) ? report.config.policies.length : 1
  if (policies > 1) return `${policies} policies compared${simulated}`
  const back = countOf(report, 'clients_back')
  return `${formatCounted(back, 'client')} of ${formatCount(number(report.config.connections) ?? back)} came back${simulated}`
}

// What was reached and is not what the run is for.
const WITHOUT_RESULT: Readonly<Record<string, string>> = {
  silence: 'no answer',
  'http-status': 'nothing to test',
  'content-type': 'nothing to test',
  redirect: 'nothing to test',
}

function unreachableReason(report: Report): string {
  const gone = report.findings.find(({ id }) => id === 'outage.not-restored')
  if (gone) return gone.text
  const first = report.failures[0]
  const what = WITHOUT_RESULT[first?.class ?? ''] ?? 'no connection could be opened'
  return first === undefined ? what : `${what}: ${first.examples[0] ?? first.class}`
}

function checksHeld(report: Report): string {
  const passed = report.checks.filter(check => check.verdict === 'pass').length
  const warned = report.checks.filter(check => check.verdict === 'warn').length
  const held = `${formatCounted(passed, 'check')} passed`
  return warned > 0 ? `${held}, ${formatCounted(warned, 'warning')}` : held
}

function pathHeld(report: Report): string {
  const warnings = report.findings.filter(({ severity }) => severity === 'warning').length
  return warnings > 0
    ? `nothing on the path breaks a stream, ${formatCounted(warnings, 'warning')}`
    : 'nothing on the path harms a stream'
}

function trafficHeld(report: Report): string {
  const opened = `${formatCounted(countOf(report, 'conn_opened'), 'connection')} opened`
  const failed = countOf(report, 'conn_failed')
  const received = countOf(report, 'msgs_received')
  const lost = countOf(report, 'msgs_lost')
  return [
    failed > 0 ? `${opened}, ${formatCount(failed)} failed` : opened,
    received > 0 || lost > 0 ? `${formatCounted(received, 'message')} received` : null,
    received > 0 || lost > 0
      ? lost > 0
        ? `${formatCount(lost)} lost (${formatShare(lost / (lost + received))})`
        : 'none lost'
      : null,
  ]
    .filter(part => part !== null)
    .join(', ')
}

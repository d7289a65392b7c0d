import type { CheckResult, CheckVerdict, Finding, Report } from './report.ts'
import { targetOf, verdictReason } from './run-description.ts'
import { thresholdValue } from './sections/thresholds.ts'

/** A report as a list of things that held or did not: what test formats, annotations and code scanning are made of. */
export interface Outcome {
  suite: 'run' | 'checks' | 'thresholds' | 'findings'
  /** Stable over runs. */
  id: string
  name: string
  /** Both in one, for formats with one name. */
  label: string
  result: 'pass' | 'warn' | 'fail' | 'error' | 'skip'
  /** Why, in one line; empty for a plain pass. */
  message: string
  details: string[]
  ms: number
}

const ofCheck: Record<CheckVerdict, Outcome['result']> = {
  pass: 'pass',
  info: 'pass',
  warn: 'warn',
  fail: 'fail',
  error: 'error',
  skip: 'skip',
}
const ofFinding: Record<Finding['severity'], Outcome['result']> = { info: 'pass', warning: 'warn', error: 'fail' }

/** The run itself first, then checks, thresholds and findings in their order. */
export function outcomesOf(report: Report): Outcome[] {
  const parts = [...checkOutcomes(report), ...thresholdOutcomes(report), ...findingOutcomes(report)]
  return [runOutcome(report, parts), ...parts]
}

// A failed verdict that no part explains, such as a warning under --strict, must still show up as a failure.
function runOutcome(report: Report, parts: Outcome[]): Outcome {
  const explained = parts.some(part => part.result === 'fail' || part.result === 'error')
  const results = { pass: 'pass', fail: explained ? 'pass' : 'fail', invalid: 'error', unreachable: 'error' } as const
  return {
    suite: 'run',
    id: `run.${report.kind}`,
    name: `${report.kind} ${targetOf(report)}`,
    label: `${report.kind} ${targetOf(report)}`,
    result: results[report.verdict],
    message: verdictReason(report),
    details: [...report.validity.reasons, ...report.failures.map(({ class: name, count }) => `${name} × ${count}`)],
    ms: report.durationMs,
  }
}

function checkOutcomes(report: Report): Outcome[] {
  return report.checks.map(check => ({
    suite: 'checks',
    id: check.id,
    name: nameOf(check),
    label: `${check.id}: ${nameOf(check)}`,
    result: ofCheck[check.verdict],
    message: check.reason || (check.verdict === 'pass' ? '' : check.observed || check.title),
    details: [
      check.expected === '' ? '' : `expected: ${check.expected}`,
      check.observed === '' ? '' : `observed: ${check.observed}`,
    ].filter(line => line !== ''),
    ms: check.ms,
  }))
}

// What no document demands has no place in one.
const nameOf = ({ title, spec }: CheckResult) => (spec === '' ? title : `${title} (${spec})`)

function thresholdOutcomes(report: Report): Outcome[] {
  return report.thresholds.map(threshold => ({
    suite: 'thresholds',
    id: `threshold.${threshold.expr}`,
    name: threshold.expr,
    label: threshold.expr,
    result: threshold.ok ? 'pass' : 'fail',
    message: `measured: ${thresholdValue(threshold)}`,
    details: [],
    ms: 0,
  }))
}

function findingOutcomes(report: Report): Outcome[] {
  return report.findings.map(({ id, severity, text, fix }) => ({
    suite: 'findings',
    id,
    name: text,
    label: `${id}: ${text}`,
    result: ofFinding[severity],
    message: severity === 'info' ? '' : text,
    details: fix === '' ? [] : fix.split('\n').map((line, index) => (index === 0 ? `fix: ${line}` : line)),
    ms: 0,
  }))
}

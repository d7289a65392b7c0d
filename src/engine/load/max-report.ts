import type { LoadConfig } from '../../config/run-config.ts'
import type { Finding, Metric, Report } from '../../report/report.ts'
import { describe, type FoundMax, type Level } from './find-max.ts'

/** The level that held and the one that did not, as metrics. */
export function maxMetrics({ held, missed, unit }: FoundMax): Record<string, Metric> {
  return {
    ...(held !== null && { max_held: { type: 'gauge' as const, value: round(held.level), unit } }),
    ...(missed !== null && { max_missed: { type: 'gauge' as const, value: round(missed.level), unit } }),
  }
}

/** Only levels that the generator could make say something about the target. */
export function judgeMax(found: FoundMax, lostWorkers: readonly string[]): Report['validity'] {
  const limit = found.missed?.generator ?? null
  const reasons = [...lostWorkers]
  if (limit !== null) {
    const level = `${describe(found.missed!.level)} ${found.unit}`
    reasons.push(`at ${level} the generator was the limit: ${limit}; use more --workers or machines to climb on`)
  }
  return { verdict: reasons.length === 0 ? 'valid' : 'limited', reasons }
}

/** The answer of --find-max in a sentence. */
export function maxFinding({ findMax }: LoadConfig, found: FoundMax): Finding {
  const { held, missed, unit, levels } = found
  const name = `${findMax!.metric}: ${findMax!.expr.replace(/^[^:]*:\s*/, '')}`
  const show = (level: Level) =>
    `${describe(level.level)} ${unit} (${level.value === null ? 'no sample' : `measured ${Number(level.value.toPrecision(4))}`})`
  const side =
    missed === null ? '' : missed.generator === null ? '; the target was the limit' : '; the generator was the limit'
  const text =
    held === null
      ? `no level held ${name}: the lowest that was tried is ${missed === null ? 'none' : show(missed)}`
      : `the highest level that held ${name} is ${show(held)}, ${missed === null ? 'and none missed' : `the lowest that did not is ${show(missed)}`}${side}; ${levels.length} levels tried`
  return { id: 'find-max', severity: held === null ? 'error' : 'info', text, fix: '' }
}

const round = (level: number): number => Number(level.toPrecision(6))

import type { LoadConfig } from '../../config/run-config.ts'
import type { Finding, Metric, Report } from '../../report/report.ts'
import { formatCounted } from '../../report/text.ts'
import { describe, type FoundMax } from './find-max.ts'
import type { Level } from './judge-level.ts'

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
  const { held, missed, unit, levels, top } = found
  const name = `${findMax!.metric}: ${findMax!.expr.replace(/^[^:]*:\s*/, '')}`
  const show = (level: Level) => `${describe(level.level)} ${unit} (${seen(level)})`
  const side =
    missed === null ? '' : missed.generator === null ? '; the target was the limit' : '; the generator was the limit'
  const next =
    missed !== null
      ? `, the lowest that did not is ${show(missed)}`
      : `, and none missed${held?.level === top ? `: ${describe(top)} is the most that was to be tried` : ''}`
  const text =
    held === null
      ? `no level held ${name}: the lowest that was tried is ${missed === null ? 'none' : show(missed)}${side}`
      : `the highest level that held ${name} is ${show(held)}${next}${side}`
  const tried = formatCounted(levels.length, 'level')
  return { id: 'find-max', severity: held === null ? 'error' : 'info', text: `${text}; ${tried} tried`, fix: '' }
}

/** What a level showed, and what else the target did not do there. */
function seen({ value, target }: Level): string {
  const figure = value === null ? 'no sample' : `measured ${Number(value.toPrecision(4))}`
  return target === null ? figure : `${figure}; ${target}`
}

const round = (level: number): number => Number(level.toPrecision(6))

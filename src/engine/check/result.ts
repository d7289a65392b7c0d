import { expandCases } from '../../checks/autobahn-cases.ts'
import { redactUrl } from '../../config/redact.ts'
import type { CheckConfig } from '../../config/run-config.ts'
import type { CheckResult, CheckVerdict } from '../../report/report.ts'
import type { UnitVerdict } from './run-unit.ts'
import type { Unit } from './units.ts'

/** What is said of a check, in the report's words. */
export function checkResult(unit: Unit, verdict: UnitVerdict, ms: number, reason = ''): CheckResult {
  const { title, level, spec, fix, covers } = unit.check
  const cases = [...new Set(covers.flatMap(({ autobahn = [] }) => autobahn.flatMap(expandCases)))]
  return {
    id: unit.id,
    title,
    level,
    spec: spec.doc === 'practice' ? `practice: ${spec.section}` : `${spec.doc} §${spec.section}`,
    verdict: verdict.kind,
    reason: [reason, 'reason' in verdict ? verdict.reason : ''].filter(text => text !== '').join('; '),
    expected: 'expected' in verdict ? verdict.expected : '',
    observed: 'observed' in verdict ? verdict.observed : '',
    ms: Math.round(ms * 10) / 10,
    ...(isProblem(verdict.kind) && { fix }),
    ...(cases.length > 0 && { autobahn: cases }),
  }
}

export const isProblem = (verdict: CheckVerdict) => verdict === 'fail' || verdict === 'warn'

/** Left out of the line: what chose the checks and where results went. */
const OF_THE_RUN = new Set(['only', 'skip', 'strict', 'baseline', 'list', 'jobs', 'wire', 'threshold'])

/** A command line that runs this check alone and shows its bytes. */
export function reproduction(config: CheckConfig, id: string): string {
  const words = ['rtbench', 'check']
  if (config.target.url !== null) words.push(quote(redactUrl(config.target.url)))
  for (const [name, value] of Object.entries(config.given)) {
    if (OF_THE_RUN.has(name)) continue
    for (const one of Array.isArray(value) ? value : [value]) {
      words.push(one === true ? `--${name}` : `--${name} ${quote(hidden(name, one))}`)
    }
  }
  return [...words, `--only ${id}`, '--wire -'].join(' ')
}

function hidden(name: string, value: string): string {
  if (name === 'user' || name === 'cookie') return '…'
  const secret = /^((?:proxy-)?authorization|cookie|[^:]*(?:token|secret|key)[^:]*)\s*:/i.exec(value)
  return name.endsWith('header') && secret !== null ? `${secret[1]}: …` : redactUrl(value)
}

const quote = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

import type { CheckResult, CheckVerdict } from '../report.ts'
import type { SectionsOf } from '../section.ts'
import { bySubject } from './check-subject.ts'
import { checkTones } from './checks.ts'

const worstFirst: CheckVerdict[] = ['fail', 'error', 'warn']
/** Characters of what was expected or observed, and of one run without a space in it: a dump of octets is longer. */
const MOST = 240
const LONGEST_RUN = 48

/** What did not hold, subject by subject, the worst first, each with what to do about it. */
export const brokenChecks: SectionsOf = report => {
  // What a proxy does is said by the findings.
  if (report.kind === 'proxy') return []
  const broken = worstFirst.flatMap(verdict => report.checks.filter(check => check.verdict === verdict))
  return [...bySubject(broken)].map(([subject, checks]) => ({
    id: 'broken-checks',
    title: `${subject}: ${countsOf(checks)}`,
    columns: [],
    rows: [],
    paragraphs: checks.map(describe),
  }))
}

function countsOf(checks: CheckResult[]): string {
  const count = (verdict: CheckVerdict) => checks.filter(check => check.verdict === verdict).length
  return worstFirst
    .filter(verdict => count(verdict) > 0)
    .map(verdict => `${count(verdict)} ${verdict}`)
    .join(', ')
}

function describe({ verdict, id, title, level, spec, reason, expected, observed, fix = '' }: CheckResult) {
  return {
    head: {
      text: `${verdict}  ${id}  ${title} (${level}${spec === '' ? '' : `, ${spec}`})`,
      tone: checkTones[verdict],
    },
    body: [
      expected === '' ? '' : `expected: ${shortened(expected)}`,
      observed === '' ? '' : `observed: ${shortened(observed)}`,
      fix === '' ? '' : `fix: ${fix}`,
      reason,
    ].filter(line => line !== ''),
  }
}

// The whole is in the JSON and on the page.
function shortened(text: string): string {
  const folded = text.replaceAll(/\S+/gu, run =>
    [...run].length > LONGEST_RUN ? `${[...run].slice(0, LONGEST_RUN / 2).join('')}…` : run,
  )
  const characters = [...folded]
  return characters.length > MOST ? `${characters.slice(0, MOST).join('')}…` : folded
}

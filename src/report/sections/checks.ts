import type { CheckResult, CheckVerdict } from '../report.ts'
import type { Cell, SectionOf, Tone } from '../section.ts'
import { formatCount } from '../text.ts'
import { bySubject } from './check-subject.ts'

export const checkTones: Record<CheckVerdict, Tone> = {
  pass: 'good',
  warn: 'warning',
  fail: 'bad',
  error: 'bad',
  info: 'quiet',
  skip: 'quiet',
}

const heads: CheckVerdict[] = ['pass', 'skip', 'info', 'warn', 'error', 'fail']

/** How many checks of each subject came out how, and what was learnt on the way. */
export const checks: SectionOf = report => {
  if (report.checks.length === 0) return null
  const of = (verdict: CheckVerdict) => report.checks.filter(check => check.verdict === verdict)
  const groups = [...bySubject(report.checks)].sort(([a], [b]) => (a < b ? -1 : 1))
  const all: [string, CheckResult[]][] = groups.length > 1 ? [['all', report.checks]] : []
  const inBrief: CheckVerdict[] = report.kind === 'proxy' ? ['fail', 'error', 'warn', 'info'] : ['info']
  return {
    id: 'checks',
    title: 'Checks',
    columns: [{ head: 'about' }, ...heads.map(head => ({ head, number: true }))],
    rows: [...groups, ...all].map(([subject, checks]) => row(subject, checks)),
    paragraphs: [...inBrief.flatMap(verdict => of(verdict).map(brief)), ...skips(of('skip'))],
  }
}

function row(subject: string, checks: CheckResult[]): Cell[] {
  const counts = heads.map((verdict): Cell => {
    const count = checks.filter(check => check.verdict === verdict).length
    return count > 0 ? { text: formatCount(count), tone: checkTones[verdict] } : { text: '0', tone: 'quiet' }
  })
  return [{ text: subject }, ...counts]
}

function brief({ verdict, id, title, reason, observed }: CheckResult) {
  const what = verdict === 'info' ? observed || reason : reason || observed
  return { head: { text: `${verdict}  ${id}: ${what || title}`, tone: checkTones[verdict] }, body: [] }
}

function skips(skipped: CheckResult[]) {
  const byReason = new Map<string, number>()
  for (const { reason } of skipped) byReason.set(reason, (byReason.get(reason) ?? 0) + 1)
  return [...byReason].map(([reason, count]) => ({
    head: { text: `skip  ${formatCount(count)}: ${reason}`, tone: 'quiet' as const },
    body: [],
  }))
}

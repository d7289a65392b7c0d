import type { CheckResult, CheckVerdict } from '../report.ts'
import type { SectionOf, Tone } from '../section.ts'
import { formatCount } from '../text.ts'

export const checkTones: Record<CheckVerdict, Tone> = {
  pass: 'good',
  warn: 'warning',
  fail: 'bad',
  error: 'bad',
  info: 'quiet',
  skip: 'quiet',
}

const order: CheckVerdict[] = ['fail', 'error', 'warn', 'info', 'skip', 'pass']
const shownInFull = new Set<CheckVerdict>(['fail', 'error', 'warn'])

/** How many checks came out how; those that did not pass in full, the rest by number. */
export const checks: SectionOf = report => {
  if (report.checks.length === 0) return null
  const of = (verdict: CheckVerdict) => report.checks.filter(check => check.verdict === verdict)
  const heads = order.toReversed()
  return {
    id: 'checks',
    title: 'Checks',
    columns: heads.map(head => ({ head, number: true })),
    rows: [
      heads.map(verdict => {
        const count = of(verdict).length
        return count > 0 ? { text: formatCount(count), tone: checkTones[verdict] } : '0'
      }),
    ],
    paragraphs: [
      ...order.filter(verdict => shownInFull.has(verdict)).flatMap(verdict => of(verdict).map(describe)),
      ...of('info').map(check => ({
        head: { text: `info  ${check.id}: ${check.observed || check.reason || check.title}`, tone: checkTones.info },
        body: [],
      })),
      ...skips(of('skip')),
    ],
  }
}

function describe(check: CheckResult) {
  return {
    head: {
      text: `${check.verdict}  ${check.id}  ${check.title} (${check.level}, ${check.spec})`,
      tone: checkTones[check.verdict],
    },
    body: [
      check.reason,
      check.expected === '' ? '' : `expected: ${check.expected}`,
      check.observed === '' ? '' : `observed: ${check.observed}`,
      check.fix === undefined || check.fix === '' ? '' : `mend: ${check.fix}`,
    ].filter(line => line !== ''),
  }
}

function skips(skipped: CheckResult[]) {
  const byReason = new Map<string, number>()
  for (const { reason } of skipped) byReason.set(reason, (byReason.get(reason) ?? 0) + 1)
  return [...byReason].map(([reason, count]) => ({
    head: { text: `skip  ${formatCount(count)}: ${reason}`, tone: 'quiet' as const },
    body: [],
  }))
}

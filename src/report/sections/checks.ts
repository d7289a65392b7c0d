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
  // What a proxy does is said by the findings; a line for each way of asking is enough here.
  const tell = report.kind === 'proxy' ? brief : describe
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
      ...order.filter(verdict => shownInFull.has(verdict)).flatMap(verdict => of(verdict).map(tell)),
      ...of('info').map(brief),
      ...skips(of('skip')),
    ],
  }
}

function brief({ verdict, id, title, reason, observed }: CheckResult) {
  const what = verdict === 'info' ? observed || reason : reason || observed
  return { head: { text: `${verdict}  ${id}: ${what || title}`, tone: checkTones[verdict] }, body: [] }
}

function describe(check: CheckResult) {
  return {
    head: {
      text: `${check.verdict}  ${check.id}  ${check.title} (${check.level}${check.spec === '' ? '' : `, ${check.spec}`})`,
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

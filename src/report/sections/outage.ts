import type { Report } from '../report.ts'
import type { Cell, SectionOf } from '../section.ts'
import { formatCount, formatMs } from '../text.ts'

// With one policy its metrics are plain, with several they are tagged.
export function policiesOf(report: Report): string[] {
  const { policies } = report.config
  return Array.isArray(policies) ? policies.filter(policy => typeof policy === 'string') : []
}

export function valueOf(report: Report, policy: string, name: string): number | null {
  const metric = report.metrics[name] ?? report.metrics[`${name}{policy:${policy}}`]
  return metric === undefined || metric.type === 'histogram' ? null : metric.value
}

const time = (value: number | null): string => (value === null ? 'never' : formatMs(value))
const plain = (value: number | null, digits = 0): string =>
  value === null ? '' : digits === 0 ? formatCount(value) : value.toFixed(digits)
const bad = (value: number | null): string | Cell =>
  value !== null && value > 0 ? { text: formatCount(value), tone: 'bad' } : plain(value)

/** A row per policy: how hard the herd came, how soon it was back, whom it lost; below it what was predicted. */
export const outage: SectionOf = report => {
  if (report.kind !== 'outage') return null
  const row = (policy: string, head: string, prefix: string): (string | Cell)[] => {
    const value = (name: string) => valueOf(report, policy, prefix + name)
    return [
      head,
      plain(value('reconnect_peak_rate')),
      time(value('recovery_t50')),
      time(value('recovery_t95')),
      time(value('recovery_t100')),
      plain(value('amplification'), 1),
      plain(value('failed_attempts_mean'), 1),
      bad(value('gave_up')),
      plain(value('sync_index'), 1),
    ]
  }
  const rows: (string | Cell)[][] = []
  for (const policy of policiesOf(report)) {
    rows.push(row(policy, policy, ''))
    const isPredicted = valueOf(report, policy, 'predicted_reconnect_attempts') !== null
    if (isPredicted) rows.push(row(policy, '  predicted', 'predicted_'))
  }
  const heads = ['peak/s', 't50', 't95', 't100', 'amplification', 'failed each', 'gave up', 'synchrony']
  const columns = [
    { head: 'policy' },
    ...heads.map(head => ({ head, number: true, optional: head === 'synchrony' || head === 'failed each' })),
  ]
  return { id: 'outage', title: 'Recovery', columns, rows, paragraphs: [] }
}

import { metricEntry } from '../metric-catalogue.ts'
import type { ThresholdResult } from '../report.ts'
import type { SectionOf } from '../section.ts'
import { splitKey } from '../tags.ts'
import { formatMs, formatNumber, formatShare } from '../text.ts'

/** Each gate with the value it was held against. */
export const thresholds: SectionOf = report =>
  report.thresholds.length === 0
    ? null
    : {
        id: 'thresholds',
        title: 'Thresholds',
        columns: [{ head: '' }, { head: 'demanded' }, { head: 'measured', number: true }],
        rows: report.thresholds.map(threshold => [
          threshold.ok ? { text: '✓', tone: 'good' } : { text: '✗', tone: 'bad' },
          threshold.expr,
          { text: thresholdValue(threshold), ...(threshold.ok ? {} : { tone: 'bad' as const }) },
        ]),
        paragraphs: [],
      }

/** The measured value in the unit of its metric; in words where there was no sample. */
export function thresholdValue({ expr, value }: ThresholdResult): string {
  if (value === null) return 'no samples'
  const colon = expr.lastIndexOf(':')
  const entry = metricEntry(splitKey(expr.slice(0, Math.max(colon, 0)).trim()).name)
  const aggregate = expr.slice(colon + 1).trim()
  if (aggregate.startsWith('count')) return formatNumber(value)
  if (entry?.type === 'histogram' || entry?.unit === 'ms') return formatMs(value)
  if (entry?.type === 'rate' || entry?.unit === 'share') return formatShare(value)
  return aggregate.startsWith('rate') ? `${formatNumber(value)}/s` : formatNumber(value)
}

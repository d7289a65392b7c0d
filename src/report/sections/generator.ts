import { countOf, histogramOf, numberOf } from '../metric-read.ts'
import type { HistogramMetric } from '../report.ts'
import type { SectionOf } from '../section.ts'
import { formatCount, formatMs, formatShare } from '../text.ts'

const wait = (delay: HistogramMetric | null) =>
  delay === null ? null : `wait for a core ${formatMs(delay.mean)}, p99 ${formatMs(delay.p99)}`

const collections = (pauses: HistogramMetric | null) =>
  pauses === null ? null : `garbage collection ${formatCount(pauses.count)} ×, max ${formatMs(pauses.max)}`

const backlog = (reads: number, full: number) =>
  full === 0 ? null : `${formatShare(full / reads)} of the reads filled their buffer`

/** Whether the measuring side kept up, and what limited it. */
export const generator: SectionOf = report => {
  const cpu = numberOf(report, 'gen_cpu')
  const facts = [
    cpu === null ? null : `CPU ${formatShare(cpu)}`,
    ...['gen_loop_lag', 'gen_send_lag'].map(name => {
      const metric = histogramOf(report, name)
      const title = name === 'gen_loop_lag' ? 'event loop lag' : 'send lag'
      return metric === null ? null : `${title} p99 ${formatMs(metric.p99)}, max ${formatMs(metric.max)}`
    }),
    wait(histogramOf(report, 'gen_run_delay')),
    collections(histogramOf(report, 'gen_gc')),
    backlog(countOf(report, 'gen_reads'), countOf(report, 'gen_full_reads')),
  ].filter(fact => fact !== null)
  const limited = report.validity.verdict === 'limited'
  if (facts.length === 0 && !limited) return null
  return {
    id: 'generator',
    title: limited ? 'Generator: limited, do not trust the figures above' : 'Generator: kept up',
    columns: [],
    rows: [],
    paragraphs: [
      ...(facts.length === 0 ? [] : [{ head: { text: facts.join(' · ') }, body: [] }]),
      ...report.validity.reasons.map(text => ({
        head: { text, tone: limited ? ('bad' as const) : ('quiet' as const) },
        body: [],
      })),
    ],
  }
}

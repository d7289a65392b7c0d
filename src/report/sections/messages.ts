import { countOf } from '../metric-read.ts'
import type { Cell, Paragraph, SectionOf } from '../section.ts'
import { formatCount, formatRate, formatShare } from '../text.ts'

const columns = ['sent', 'received', 'lost', 'duplicated', 'reordered', 'unexpected']

/** What became of every message, by sequence number, and of every poll. */
export const messages: SectionOf = report => {
  const sent = countOf(report, 'msgs_sent')
  const received = countOf(report, 'msgs_received')
  const paragraphs = [
    throughput(sent, received, report.durationMs),
    warmUp(countOf(report, 'warmup_msgs_sent'), countOf(report, 'warmup_msgs_received')),
    reach(report.metrics.reach),
    early(countOf(report, 'msgs_early')),
    polls(report),
  ]
  if (sent === 0 && received === 0 && countOf(report, 'polls') === 0) return null
  const audit = (name: string): string | Cell => {
    const count = countOf(report, `msgs_${name}`)
    const tone = name === 'unexpected' ? ('warning' as const) : ('bad' as const)
    return count > 0 && name !== 'sent' && name !== 'received' ? { text: formatCount(count), tone } : formatCount(count)
  }
  return {
    id: 'messages',
    title: 'Messages',
    columns: columns.map(head => ({ head, number: true })),
    rows: [columns.map(audit)],
    paragraphs: paragraphs.filter(paragraph => paragraph !== null),
  }
}

function throughput(sent: number, received: number, durationMs: number): Paragraph | null {
  if (durationMs <= 0) return null
  const perSecond = (count: number, way: string) =>
    count === 0 ? [] : [`${formatRate(count / (durationMs / 1000))} ${way}`]
  const text = `${[...perSecond(sent, 'sent'), ...perSecond(received, 'received')].join(', ')}, over the whole run`
  return { head: { text, tone: 'quiet' }, body: [] }
}

function warmUp(sent: number, received: number): Paragraph | null {
  if (sent === 0 && received === 0) return null
  const text = `in the warm-up before that: ${formatCount(sent)} sent, ${formatCount(received)} received, in no other figure`
  return { head: { text, tone: 'quiet' }, body: [] }
}

function early(count: number): Paragraph | null {
  if (count === 0) return null
  const text = `${formatCount(count)} that were sent before their receiver was subscribed, in no other figure`
  return { head: { text, tone: 'quiet' }, body: [] }
}

function reach(metric: Parameters<SectionOf>[0]['metrics'][string] | undefined): Paragraph | null {
  if (metric?.type !== 'rate' || metric.total === 0) return null
  const text = `reach ${formatShare(metric.value)}: ${formatCount(metric.hits)} of ${formatCount(metric.total)} expected deliveries arrived`
  return { head: metric.hits < metric.total ? { text, tone: 'bad' } : { text }, body: [] }
}

function polls(report: Parameters<SectionOf>[0]): Paragraph | null {
  const all = countOf(report, 'polls')
  if (all === 0) return null
  const empty = countOf(report, 'polls_empty')
  return {
    head: { text: `${formatCount(all)} polls, ${formatCount(empty)} without a message (${formatShare(empty / all)})` },
    body: [],
  }
}

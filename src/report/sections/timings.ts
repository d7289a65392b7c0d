import { metricEntry } from '../metric-catalogue.ts'
import { histogramOf } from '../metric-read.ts'
import type { Report } from '../report.ts'
import type { Section, SectionOf } from '../section.ts'
import { formatCount, formatMs } from '../text.ts'

/** The parts of opening a connection. */
export const setupTimes: SectionOf = report =>
  timings(report, 'setup', 'Setup times', ['conn_dns', 'conn_tcp', 'conn_tls', 'conn_upgrade', 'conn_first_message'])

/** How long messages took, from the moment they were due and from the moment they were really sent. */
export const latency: SectionOf = report => {
  const names = ['msg_rtt', 'push_latency', 'event_gap', 'poll_cycle'].flatMap(name => [
    name,
    `${name}_service`,
    `warmup_${name}`,
  ])
  names.push('push_skew')
  const section = timings(report, 'latency', 'Latency', names)
  if (section === null || !section.rows.some(row => row[0] === title('msg_rtt') || row[0] === title('push_latency'))) {
    return section
  }
  const text = 'counted from when each message was due: a stall counts against all it delays; as sent: from the sending'
  return { ...section, paragraphs: [{ head: { text, tone: 'quiet' }, body: [] }] }
}

function timings(report: Report, id: string, heading: string, names: string[]): Section | null {
  const rows = names.flatMap(name => {
    const metric = histogramOf(report, name)
    if (metric === null) return []
    const times = [metric.p50, metric.p90, metric.p99, metric.p999, metric.max].map(formatMs)
    return [[title(name), formatCount(metric.count), ...times]]
  })
  if (rows.length === 0) return null
  const heads = ['p50', 'p90', 'p99', 'p99.9', 'max']
  return {
    id,
    title: heading,
    columns: [
      { head: '' },
      { head: 'count', number: true, optional: true },
      ...heads.map(head => ({ head, number: true })),
    ],
    rows,
    paragraphs: [],
  }
}

function title(name: string): string {
  return metricEntry(name)?.title ?? name
}

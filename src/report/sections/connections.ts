import { countOf } from '../metric-read.ts'
import type { SectionOf } from '../section.ts'
import { formatCount } from '../text.ts'

/** How many connections were tried, opened and lost, and with which codes the server closed them. */
export const connections: SectionOf = report => {
  const attempts = countOf(report, 'conn_attempts')
  if (attempts === 0) return null
  const bad = (name: string) => {
    const count = countOf(report, name)
    return count > 0 ? { text: formatCount(count), tone: 'bad' as const } : '0'
  }
  const closes = Object.keys(report.metrics)
    .filter(name => name.startsWith('closed_by_server_') && countOf(report, name) > 0)
    .map(name => `${name.slice('closed_by_server_'.length)} × ${formatCount(countOf(report, name))}`)
  const paragraphs = [
    closes.length === 0 ? '' : `closed by the server: ${closes.join(', ')}`,
    handshakes(countOf(report, 'tls_full'), countOf(report, 'tls_resumed')),
  ].filter(text => text !== '')
  return {
    id: 'connections',
    title: 'Connections',
    columns: ['attempted', 'opened', 'failed', 'dropped'].map(head => ({ head, number: true })),
    rows: [
      [formatCount(attempts), formatCount(countOf(report, 'conn_opened')), bad('conn_failed'), bad('conn_dropped')],
    ],
    paragraphs: paragraphs.map(text => ({ head: { text }, body: [] })),
  }
}

const handshakes = (full: number, resumed: number): string =>
  full + resumed === 0 ? '' : `TLS handshakes: ${formatCount(full)} full, ${formatCount(resumed)} resumed`

import { countOf } from '../metric-read.ts'
import type { SectionOf } from '../section.ts'
import { formatBytes, formatNumber } from '../text.ts'

const layers = ['payload', 'framing', 'chunk', 'header']

/** Bytes on the connection above TLS, by layer: what our own counters saw, exact to the byte. */
export const bytes: SectionOf = report => {
  // Subscribers send requests, not messages: both directions are then the cost of a message received.
  const echoes = report.config.pattern === 'echo'
  const rows = (['sent', 'received'] as const).flatMap(way => {
    const total = countOf(report, `bytes_${way}`)
    if (total === 0) return []
    const amounts = [...layers.map(layer => countOf(report, `bytes_${layer}_${way}`)), total]
    // Bytes are those of the whole life of the connections, the warm-up included.
    const name = echoes ? `msgs_${way}` : 'msgs_received'
    const messages = countOf(report, name) + countOf(report, `warmup_${name}`)
    const inAll = [`${way}, in all`, ...amounts.map(formatBytes)]
    return messages === 0
      ? [inAll]
      : [[`${way}, per message`, ...amounts.map(amount => formatNumber(amount / messages))], inAll]
  })
  if (rows.length === 0) return null
  return {
    id: 'bytes',
    title: 'Bytes',
    columns: [{ head: '' }, ...[...layers, 'total'].map(head => ({ head, number: true }))],
    rows,
    paragraphs: [
      { head: { text: 'header: handshakes, heads and trailers, spread over all messages', tone: 'quiet' }, body: [] },
    ],
  }
}

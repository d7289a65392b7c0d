import type { Report } from '../report.ts'
import type { SectionOf } from '../section.ts'
import { taggedKey } from '../tags.ts'
import { formatMs, formatNumber } from '../text.ts'

const WAYS = { ws: 'WebSocket', sse: 'SSE', poll: 'long polling', 'plain-poll': 'plain polling' } as const
const LAYERS = {
  message: 'message',
  framing: 'framing',
  chunk: 'chunk',
  headers: 'HTTP',
  tls: 'TLS*',
  tcp_ip: 'TCP/IP*',
}
const BAR_WIDTH = 40

type Way = keyof typeof WAYS

/** Bytes of one message over each transport that was measured, layer by layer; a star marks what is modelled. */
export function overheadLayers(report: Report): { way: string; layers: { name: string; bytes: number }[] }[] {
  return measuredWays(report).map(way => ({
    way: WAYS[way],
    layers: Object.entries(LAYERS).map(([layer, name]) => ({
      name,
      bytes: value(report, `overhead_layer_${layer}`, way) ?? 0,
    })),
  }))
}

const measuredWays = (report: Report) =>
  (Object.keys(WAYS) as Way[]).filter(way => value(report, 'overhead_wire', way) !== null)

/** What one message costs, layer by layer, over each transport, and the same as bars. */
export const overhead: SectionOf = report => {
  const ways = measuredWays(report)
  if (ways.length === 0) return null
  const measured = overheadLayers(report)
  const totals = measured.map(({ layers }) => layers.reduce((sum, { bytes }) => sum + bytes, 0))
  const most = Math.max(...totals, 1)
  return {
    id: 'overhead',
    title: 'Bytes per message',
    columns: [
      { head: '' },
      ...[...Object.values(LAYERS), 'in all'].map(head => ({
        head,
        number: true,
      })),
      { head: 'requests', number: true, optional: true },
      { head: 'per read', number: true, optional: true },
      { head: 'p50', number: true, optional: true },
    ],
    rows: ways.map((way, index) => [
      WAYS[way],
      ...measured[index]!.layers.map(({ bytes }) => formatNumber(Math.round(bytes * 10) / 10)),
      formatNumber(Math.round(totals[index]!)),
      perMessage(report, 'polls', way),
      inverse(report, way),
      delivery(report, way),
    ]),
    paragraphs: [
      ...ways.map((way, index) => ({
        head: { text: `${'█'.repeat(Math.max(1, Math.round((totals[index]! / most) * BAR_WIDTH)))} ${WAYS[way]}` },
        body: [],
        isDrawing: true,
      })),
      {
        head: {
          text: 'message to HTTP: counted on the connection. * modelled: TLS 1.3 records, TCP/IP segments and acknowledgements',
          tone: 'quiet' as const,
        },
        body: [],
      },
    ],
  }
}

function value(report: Report, name: string, way: Way): number | null {
  const metric = report.metrics[taggedKey(name, { transport: way })]
  return metric === undefined || metric.type === 'histogram' ? null : metric.value
}

function perMessage(report: Report, name: string, way: Way): string {
  const count = value(report, name, way)
  const messages = value(report, 'msgs_received', way) ?? 0
  return count === null || messages === 0 ? '' : formatNumber(count / messages)
}

function inverse(report: Report, way: Way): string {
  const reads = value(report, 'overhead_reads', way) ?? 0
  return reads === 0 ? '' : formatNumber((value(report, 'msgs_received', way) ?? 0) / reads)
}

function delivery(report: Report, way: Way): string {
  const metric = report.metrics[taggedKey('push_latency', { transport: way })]
  return metric?.type === 'histogram' ? formatMs(metric.p50) : ''
}

import type { Metric } from '../../report/report.ts'
import { taggedKey } from '../../report/tags.ts'
import type { Measured } from './measure-transport.ts'
import { modelWire, type WireModel } from './wire-model.ts'

/** Octets per message, by layer; what they sum to is exact down to TLS. */
export interface Cost {
  message: number
  /** WebSocket and SSE framing, and what a poll's answer wraps around its messages. */
  framing: number
  chunk: number
  headers: number
  tls: number
  tcpIp: number
  app: number
  wire: number
}

export function modelOf({ way, steady, url, windowMs, latency }: Measured): WireModel {
  const isPolling = way === 'poll' || way === 'plain-poll'
  const cycleMs = steady.polls === 0 ? 0 : windowMs / steady.polls
  const deliveryMs = (latency.percentile(50) ?? 0) / 1000
  return modelWire({
    counts: steady,
    isPolling,
    // A long poll waits for its answer most of its cycle; a plain one is answered at once and then rests.
    answerAfterMs: way === 'poll' ? cycleMs : 0,
    requestAfterMs: way === 'plain-poll' ? cycleMs - Math.min(cycleMs, deliveryMs / 1000) : 0,
    isLoopback: /^\w+:\/\/(127\.|localhost|\[::1\])/.test(url),
    hasTls: /^(wss|https):/.test(url),
  })
}

export function costOf(measured: Measured): Cost {
  const { steady, messages, messageBytes } = measured
  const per = (bytes: number) => bytes / Math.max(1, messages)
  const { tlsBytes, tcpIpBytes } = modelOf(measured)
  const message = messageBytes ?? per(steady.payloadReceived)
  const app = per(steady.received + steady.sent)
  const framing = per(steady.payloadReceived + steady.framingReceived + steady.framingSent) - message
  const chunk = per(steady.chunkReceived)
  return {
    message,
    framing,
    chunk,
    headers: app - message - framing - chunk,
    tls: per(tlsBytes),
    tcpIp: per(tcpIpBytes),
    app,
    wire: app + per(tlsBytes) + per(tcpIpBytes),
  }
}

/** The figures of one transport under the names that thresholds use. */
export function costMetrics(measured: Measured): Record<string, Metric> {
  const { way, total, steady, messages, connections, latency } = measured
  const cost = costOf(measured)
  const metrics: Record<string, Metric> = {}
  const key = (name: string) => taggedKey(name, { transport: way })
  const counter = (name: string, value: number, unit = 'B') =>
    (metrics[key(name)] = { type: 'counter', value, ...(unit !== '' && { unit }) })
  const gauge = (name: string, value: number) =>
    (metrics[key(name)] = { type: 'gauge', value: Number(value.toFixed(2)), unit: 'B' })
  gauge('overhead_app', cost.app - cost.message)
  gauge('overhead_wire', cost.wire - cost.message)
  for (const layer of ['message', 'framing', 'chunk', 'headers', 'tls', 'tcpIp'] as const)
    gauge(`overhead_layer_${layer === 'tcpIp' ? 'tcp_ip' : layer}`, cost[layer])
  counter('bytes_sent', total.sent)
  counter('bytes_received', total.received)
  counter('msgs_received', messages, '')
  counter('conn_opened', connections, '')
  counter('overhead_reads', steady.reads, '')
  if (steady.polls > 0) {
    counter('polls', steady.polls, '')
    counter('polls_empty', steady.emptyAnswers, '')
  }
  if (latency.count > 0) metrics[key('push_latency')] = latency.toMetric()
  return metrics
}

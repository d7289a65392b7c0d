import type { Metric } from './report.ts'

/** What is known about a metric by its name: how to call it, and how shards of one run combine it. */
export interface MetricEntry {
  type: Metric['type']
  title: string
  /** Only for gauges: what several shards' values make. Peaks of shards that ran at the same time add up. */
  merge?: 'max' | 'sum'
  unit?: string
  /** What a regression is; `neither`: a matter of fact. */
  better: 'smaller' | 'larger' | 'neither'
}

const histogram = (title: string): MetricEntry => ({ type: 'histogram', title, better: 'smaller' })
const counter = (title: string, better: MetricEntry['better'] = 'neither'): MetricEntry => ({
  type: 'counter',
  title,
  better,
})
const gauge = (title: string, unit: string, merge: 'max' | 'sum' = 'max'): MetricEntry => ({
  type: 'gauge',
  title,
  unit,
  merge,
  better: 'smaller',
})

const layers = ['payload', 'framing', 'chunk', 'header'] as const
const layerBytes = Object.fromEntries(
  layers.flatMap(layer =>
    ['sent', 'received'].map(way => [
      `bytes_${layer}_${way}`,
      { ...counter(`${layer} bytes ${way}`, 'smaller'), unit: 'B' },
    ]),
  ),
)

export const metricCatalogue: Readonly<Record<string, MetricEntry>> = {
  conn_dns: histogram('DNS lookup'),
  conn_tcp: histogram('TCP connect'),
  conn_tls: histogram('TLS handshake'),
  conn_upgrade: histogram('upgrade or head'),
  conn_first_message: histogram('first message'),
  msg_rtt: histogram('round trip'),
  msg_rtt_service: histogram('round trip, as sent'),
  push_latency: histogram('delivery'),
  push_latency_service: histogram('delivery, as sent'),
  push_latency_at_least: histogram('delivery, at least'),
  push_latency_at_most: histogram('delivery, at most'),
  push_skew: histogram('first to last receiver'),
  publish_rtt: histogram('publish request'),
  publish_wait: histogram('wait for a free publisher'),
  event_gap: histogram('gap between events'),
  poll_cycle: histogram('poll cycle'),
  gen_send_lag: histogram('send lag'),
  gen_loop_lag: histogram('event loop lag'),
  conn_attempts: counter('connection attempts'),
  conn_opened: counter('connections opened', 'larger'),
  subscribers: counter('clients that were subscribed', 'larger'),
  conn_failed: counter('connections failed', 'smaller'),
  conn_dropped: counter('connections dropped', 'smaller'),
  msgs_sent: counter('messages sent'),
  msgs_received: counter('messages received', 'larger'),
  msgs_lost: counter('messages lost', 'smaller'),
  msgs_duplicated: counter('messages duplicated', 'smaller'),
  msgs_reordered: counter('messages out of order', 'smaller'),
  msgs_unexpected: counter('messages not expected', 'smaller'),
  msgs_early: counter('messages from before the subscription'),
  bytes_sent: { ...counter('bytes sent', 'smaller'), unit: 'B' },
  bytes_received: { ...counter('bytes received', 'smaller'), unit: 'B' },
  ...layerBytes,
  polls: counter('polls'),
  polls_empty: counter('polls without a message', 'smaller'),
  reach: { type: 'rate', title: 'reach', better: 'larger' },
  error_rate: { type: 'rate', title: 'error rate', better: 'smaller' },
  msgs_unsent: counter('messages that could not be sent', 'smaller'),
  conn_reopened: counter('connections opened again'),
  gen_rss: gauge('generator memory', 'bytes', 'sum'),
  redirects: counter('redirects followed'),
  tls_full: counter('full TLS handshakes'),
  tls_resumed: counter('resumed TLS handshakes'),
  pings_received: counter('pings received'),
  pongs_received: counter('pongs received'),
  comments_received: counter('comments received'),
  msgs_priming: counter('priming messages'),
  msgs_without_timestamp: counter('messages without a timestamp', 'smaller'),
  publish_failed: counter('failed publish requests', 'smaller'),
  clock_ahead: histogram("the target's clock ahead of this one, at least"),
  clock_behind: histogram("the target's clock behind this one, at least"),
  max_held: { ...gauge('highest level that held', ''), better: 'larger' },
  max_missed: gauge('lowest level that did not hold', ''),
  gen_gc: histogram('garbage collection'),
  gen_idle_lag: histogram('event loop lag before the run'),
  gen_opening_lag: histogram('event loop lag while opening'),
  gen_run_delay: histogram('wait for a core'),
  gen_looks: counter('looks at the machine'),
  gen_crowded: counter('looks at which other threads wanted all cores', 'smaller'),
  gen_unsent: counter('messages the generator could not send', 'smaller'),
  gen_stalled_ms: counter('generator standing still, ms', 'smaller'),
  gen_reads: counter('socket reads'),
  gen_full_reads: counter('socket reads that filled the buffer'),
  gen_cpu: gauge('generator CPU', 'share'),
  outage_duration: gauge('how long the service was away', 'ms'),
  reconnect_attempts: counter('reconnect attempts', 'smaller'),
  reconnect_peak_rate: gauge('peak of reconnect attempts', '/s', 'sum'),
  recovery_t50: gauge('half of the clients back', 'ms'),
  recovery_t95: gauge('95 % of the clients back', 'ms'),
  recovery_t100: gauge('all clients back', 'ms'),
  gave_up: counter('clients that gave up', 'smaller'),
  amplification: gauge('attempts per client', '×'),
  sync_index: gauge('synchrony of the attempts', ''),
  reconnect_peak_rate_overall: gauge('peak of reconnect attempts, outage included', '/s', 'sum'),
  reconnect_peak_bin: gauge('most reconnect attempts in 100 ms', '/100ms', 'sum'),
  peak_over_capacity: gauge('peak of reconnect attempts over the capacity', '×'),
  excess_recovery: gauge('95 % back, after the moment the capacity allows', 'ms'),
  connects_retried: counter('connections whose SYN was sent again', 'smaller'),
  clients_back: counter('clients that came back', 'larger'),
  stuck: counter('clients on a dead connection', 'smaller'),
  failed_attempts_mean: gauge('failed attempts per client', ''),
  failed_attempts_p99: gauge('failed attempts per client, p99', ''),
  failed_attempts_max: gauge('failed attempts per client, most', ''),
  longest_silence: gauge('longest silence of a client', 'ms'),
  session_thrash: { type: 'rate', title: 'connections that lasted less than 5 s', better: 'smaller' },
  control_dropped: counter('control connections lost', 'smaller'),
  control_latency_p99: gauge('delivery to the control group, p99', 'ms'),
  gen_issue_lag_p50: gauge('attempts issued behind schedule, p50', 'ms'),
  gen_issue_lag_p99: gauge('attempts issued behind schedule, p99', 'ms'),
  gen_issue_lag_max: gauge('attempts issued behind schedule, most', 'ms'),
  gen_accept_lag_p99: gauge('attempts accepted by the gate after their issue, p99', 'ms'),
  gen_longest_stall: gauge('longest standstill of the generator', 'ms'),
  overhead_app: gauge('overhead per message, application', 'B'),
  overhead_wire: gauge('overhead per message, on the wire (modelled)', 'B'),
  overhead_layer_message: gauge('of each message: the message itself', 'B'),
  overhead_layer_framing: gauge('of each message: framing', 'B'),
  overhead_layer_chunk: gauge('of each message: chunked coding', 'B'),
  overhead_layer_headers: gauge('of each message: HTTP headers', 'B'),
  overhead_layer_tls: gauge('of each message: TLS records (modelled)', 'B'),
  overhead_layer_tcp_ip: gauge('of each message: TCP/IP (modelled)', 'B'),
  overhead_reads: counter('reads that brought the messages'),
}

/** Looks a metric up by its plain name; `warmup_` metrics are their own kind's, closes are counted by code. */
export function metricEntry(name: string): MetricEntry | null {
  if (Object.hasOwn(metricCatalogue, name)) return metricCatalogue[name]!
  if (name.startsWith('warmup_')) {
    const base = metricEntry(name.slice('warmup_'.length))
    return base === null ? null : { ...base, title: `${base.title} (warm-up)`, better: 'neither' }
  }
  if (name.startsWith('predicted_')) {
    const base = metricEntry(name.slice('predicted_'.length))
    return base === null ? null : { ...base, title: `${base.title} (predicted)`, better: 'neither' }
  }
  const code = /^closed_by_server_(\w{1,20})$/.exec(name)?.[1]
  return code === undefined ? null : counter(`closed by the server with ${code}`, 'smaller')
}

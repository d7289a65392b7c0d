// The few numbers of a run that somebody wants to see before anything else, each with the word that names it.
import { countOf, histogramOf } from './metric-read.ts'
import type { CheckVerdict, Metric, Report, RunKind } from './report.ts'
import type { Tone } from './section.ts'
import { overheadLayers } from './sections/overhead.ts'
import { splitKey } from './tags.ts'
import { formatBytes, formatCount, formatMs, formatRate } from './text.ts'

export interface KeyFigure {
  label: string
  text: string
  tone?: Tone
}

const MESSAGE_TIMES = {
  msg_rtt: 'round trip',
  push_latency: 'delivery',
  poll_cycle: 'poll cycle',
  event_gap: 'between events',
} as const

const OF_KIND: Record<RunKind, (report: Report) => KeyFigure[]> = {
  check: checkFigures,
  load: loadFigures,
  outage: outageFigures,
  proxy: report => [...checkFigures(report), problems(report)],
  overhead: overheadFigures,
}

export function keyFigures(report: Report): KeyFigure[] {
  return OF_KIND[report.kind](report)
}

function loadFigures(report: Report): KeyFigure[] {
  const name = (Object.keys(MESSAGE_TIMES) as (keyof typeof MESSAGE_TIMES)[]).find(time => histogramOf(report, time))
  const times = name === undefined ? null : histogramOf(report, name)
  const received = countOf(report, 'msgs_received')
  const perSecond = report.durationMs > 0 ? received / (report.durationMs / 1000) : 0
  return [
    { label: 'connections', text: formatCount(countOf(report, 'conn_opened')) },
    ...badCount('failed to open', countOf(report, 'conn_failed')),
    ...badCount('dropped', countOf(report, 'conn_dropped')),
    ...(received > 0 ? [{ label: 'messages received', text: formatRate(perSecond) }] : []),
    ...(received > 0 || countOf(report, 'msgs_lost') > 0 ? [lost(countOf(report, 'msgs_lost'))] : []),
    ...(times === null
      ? []
      : [
          { label: `${MESSAGE_TIMES[name!]}, p50`, text: formatMs(times.p50) },
          { label: 'p99', text: formatMs(times.p99) },
          { label: 'max', text: formatMs(times.max) },
        ]),
  ]
}

const CHECK_WORDS: [CheckVerdict, string, Tone | undefined][] = [
  ['fail', 'failed', 'bad'],
  ['error', 'undecided', 'bad'],
  ['warn', 'warnings', 'warning'],
  ['pass', 'passed', 'good'],
  ['info', 'observed', undefined],
  ['skip', 'skipped', undefined],
]

function checkFigures({ checks }: Report): KeyFigure[] {
  return CHECK_WORDS.map(([verdict, label, tone]) => {
    const count = checks.filter(check => check.verdict === verdict).length
    const text = formatCount(count)
    return count > 0 && tone !== undefined ? { label, text, tone } : { label, text }
  }).filter(({ label, text }) => text !== '0' || label === 'failed')
}

// Of several policies the worst of each figure: the table below says which.
function outageFigures(report: Report): KeyFigure[] {
  const most = (name: string) => {
    const values = valuesOf(report.metrics, name)
    return values.length === 0 ? null : Math.max(...values)
  }
  const figure = (label: string, value: number | null, format: (value: number) => string): KeyFigure[] =>
    value === null ? [] : [{ label, text: format(value) }]
  return [
    ...figure('highest peak', most('reconnect_peak_rate'), formatRate),
    ...figure('slowest t50', most('recovery_t50'), formatMs),
    ...figure('slowest t95', most('recovery_t95'), formatMs),
    ...figure('attempts per client, most', most('amplification'), value => value.toFixed(1)),
    ...badCount('gave up', most('gave_up') ?? 0),
    ...(most('msgs_lost') === null ? [] : [lost(valuesOf(report.metrics, 'msgs_lost').reduce((a, b) => a + b, 0))]),
  ]
}

function overheadFigures(report: Report): KeyFigure[] {
  return overheadLayers(report).map(({ way, layers }) => ({
    label: `${way}, a message`,
    text: formatBytes(layers.reduce((sum, { bytes }) => sum + bytes, 0)),
  }))
}

function problems({ findings }: Report): KeyFigure {
  const count = findings.filter(({ severity }) => severity === 'error').length
  return { label: 'problems found', text: formatCount(count), ...(count > 0 && { tone: 'bad' as const }) }
}

const lost = (count: number): KeyFigure => ({
  label: 'messages lost',
  text: formatCount(count),
  tone: count > 0 ? 'bad' : 'good',
})

const badCount = (label: string, count: number): KeyFigure[] =>
  count > 0 ? [{ label, text: formatCount(count), tone: 'bad' }] : []

function valuesOf(metrics: Readonly<Record<string, Metric>>, name: string): number[] {
  return Object.entries(metrics).flatMap(([key, metric]) =>
    splitKey(key).name === name && metric.type !== 'histogram' ? [metric.value] : [],
  )
}

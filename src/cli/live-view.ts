import type { Progress } from '../engine/progress.ts'
import { metricEntry } from '../report/metric-catalogue.ts'
import type { Tone } from '../report/section.ts'
import { formatBytes, formatCount, formatMs, formatRate, formatShare, plainLine } from '../report/text.ts'
import { paint } from '../reporters/terminal/layout.ts'
import { isOutage, progressLine } from './progress-line.ts'
import { sparkline } from './sparkline.ts'
import type { View } from './progress-observer.ts'

const NARROW = 60
const LABEL = 13
const HISTORY = 120
// CSI 2K: erase the line; CSI nA: n lines up; CSI 0J: erase all that is below.
const UP = (lines: number) => (lines > 0 ? `\u001b[${lines}A` : '')
const ERASE_BELOW = '\r\u001b[0J'

export interface Terminal {
  write(text: string): void
  columns(): number
  colour: boolean
}

/** The run as it goes, drawn over itself at each report of progress; one line where the terminal is narrow. */
export function liveView({ write, columns, colour }: Terminal): View {
  const latencies: (number | null)[] = []
  let drawn: number[] = []
  // Lines that were drawn for a wider terminal are broken by it when it shrinks, and take more rows than they were.
  const erase = (width: number) => {
    const rows = drawn.reduce((sum, length) => sum + Math.max(1, Math.ceil(length / width)), 0)
    return drawn.length === 0 ? '' : `${UP(rows - 1)}${ERASE_BELOW}`
  }
  return {
    observer: progress => {
      const width = Math.max(1, columns())
      latencies.push(progress.p99Ms)
      if (latencies.length > HISTORY) latencies.shift()
      const lines =
        width < NARROW ? [[{ text: progressLine(progress, width - 1) }]] : liveLines(progress, latencies, width - 1)
      const texts = lines.map(line => line.map(part => paint(part.text, part.tone, colour)).join(''))
      write(`${erase(width)}${texts.join('\n')}`)
      drawn = lines.map(line => line.reduce((sum, { text }) => sum + text.length, 0))
    },
    end: () => {
      write(erase(Math.max(1, columns())))
      drawn = []
    },
  }
}

interface Part {
  text: string
  tone?: Tone
}

function liveLines(progress: Progress, latencies: (number | null)[], width: number): Part[][] {
  const { connections, generator, errors, note } = progress
  const strained = generator.cpuShare >= 0.8
  const lost = [
    connections.failed > 0 ? `${formatCount(connections.failed)} failed` : '',
    connections.dropped > 0 ? `${formatCount(connections.dropped)} dropped` : '',
  ].filter(part => part !== '')
  const noted = note === '' ? [] : [labelled('', [{ text: plainLine(note) }])]
  const first = [
    timeLine(progress, width),
    labelled('connections', [
      { text: `${formatCount(connections.open)} open of ${formatCount(connections.asked)}` },
      ...lost.map((text): Part => ({ text: ` · ${text}`, tone: 'bad' })),
    ]),
  ]
  // An outage tells its attempts as it goes, and nothing else before its end.
  if (isOutage(progress)) return [...first, ...noted].map(line => cut(line, width))
  const lines = [
    ...first,
    labelled('messages', [
      {
        text: `${formatRate(progress.sentPerSecond)} sent · ${formatRate(progress.receivedPerSecond)} received · ${formatBytes(progress.bytesPerSecond)}/s`,
      },
    ]),
    latencyLine(progress, latencies, width),
    labelled('errors', [errors > 0 ? { text: formatCount(errors), tone: 'bad' } : { text: '0' }]),
    labelled('generator', [
      { text: `CPU ${formatShare(generator.cpuShare)}`, ...(strained ? { tone: 'bad' } : {}) },
      { text: ` · loop lag ${formatMs(generator.loopLagMs)} · send lag ${formatMs(generator.sendLagMs)}` },
    ]),
    ...noted,
  ]
  return lines.map(line => cut(line, width))
}

function timeLine({ phase, elapsedMs, plannedMs }: Progress, width: number): Part[] {
  const elapsed = formatMs(Math.floor(elapsedMs / 1000) * 1000)
  if (plannedMs === null || plannedMs <= 0) return labelled(phase, [{ text: elapsed }])
  const left = formatMs(Math.ceil(Math.max(0, plannedMs - elapsedMs) / 1000) * 1000)
  const words = `${elapsed}, ${left} left`
  const bar = Math.max(0, Math.min(40, width - LABEL - words.length - 2))
  const done = Math.round(bar * Math.min(1, elapsedMs / plannedMs))
  const rest: Part = { text: '─'.repeat(bar - done), tone: 'quiet' }
  return labelled(phase, [{ text: '━'.repeat(done), tone: 'good' }, rest, { text: `  ${words}` }])
}

function latencyLine({ latencyName, p50Ms, p99Ms }: Progress, latencies: (number | null)[], width: number): Part[] {
  const figures = p50Ms === null ? 'no sample yet' : `p50 ${formatMs(p50Ms)} · p99 ${formatMs(p99Ms ?? p50Ms)}`
  // The figures change their width from second to second; the curve beside them should not jump.
  const text = `${figures.padEnd(30)}  `
  const room = Math.max(0, width - LABEL - text.length)
  return labelled(metricEntry(latencyName)?.title ?? plainLine(latencyName), [
    { text },
    { text: sparkline(latencies, room), tone: 'quiet' },
  ])
}

function labelled(label: string, parts: Part[]): Part[] {
  return [{ text: `${label.slice(0, LABEL - 1).padEnd(LABEL)}`, tone: 'quiet' }, ...parts]
}

function cut(line: Part[], width: number): Part[] {
  let room = width
  return line.map(part => {
    const text = part.text.slice(0, Math.max(0, room))
    room -= text.length
    return part.tone === undefined ? { text } : { text, tone: part.tone }
  })
}

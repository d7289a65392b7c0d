import type { Report } from '../report.ts'
import type { Paragraph, SectionOf } from '../section.ts'
import { formatCount, formatMs } from '../text.ts'
import { policiesOf, valueOf } from './outage.ts'

const BARS = ' ▁▂▃▄▅▆▇█'
const WIDTH = 60
const LABEL = 'predicted '.length
const TICKS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].map(tenths => tenths * 100)
const TICKS_LEAST = 4
/** Share of the attempts by which a prediction may miss its column and still be called the same. */
const SAME = 0.05

type Counts = readonly (number | null)[]

/** Attempts over time from the cut on and how many clients are back, one chart per policy. */
export const arrivals: SectionOf = report => {
  if (report.kind !== 'outage') return null
  const paragraphs = policiesOf(report)
    .map(policy => chartOf(report, policy))
    .filter(paragraph => paragraph !== null)
  if (paragraphs.length === 0) return null
  return { id: 'arrivals', title: 'Attempts from the cut on', columns: [], rows: [], paragraphs }
}

function chartOf(report: Report, policy: string): Paragraph | null {
  const { series, intervalMs } = report.timeline
  const seriesOf = (name: string): Counts | undefined => series[name] ?? series[`${name}{policy:${policy}}`]
  const [measured, predicted] = [seriesOf('attempts'), seriesOf('predicted_attempts')]
  const shown = measured ?? predicted
  if (shown === undefined) return null
  const back = seriesOf(measured ? 'back' : 'predicted_back') ?? []
  const length = Math.max(1, ...[measured, predicted].map(counts => lastUsed(counts ?? [])), settled(back))
  const perColumn = Math.ceil(length / WIDTH)
  const columns = Math.ceil(length / perColumn)
  const attempts = summed(shown, perColumn, columns)
  const expected = predicted && measured ? summed(predicted, perColumn, columns) : null
  const most = Math.max(1, ...attempts, ...(expected ?? []))
  const rows = [labelled(measured ? 'attempts' : 'predicted', attempts.map(count => bar(count / most)).join(''))]
  const isSame = expected !== null && difference(attempts, expected) <= SAME
  if (expected !== null && !isSame) rows.push(labelled('predicted', expected.map(count => bar(count / most)).join('')))
  const clients = report.config['connections']
  if (back.length > 0 && typeof clients === 'number') {
    const last = Array.from({ length: columns }, (_, at) => back[Math.min(back.length, (at + 1) * perColumn) - 1] ?? 0)
    rows.push(labelled('back', last.map(count => bar(count / clients, true)).join('')))
  }
  const restoredMs = valueOf(report, policy, 'outage_duration')
  rows.push(...axis(columns, perColumn * intervalMs, restoredMs))
  const same = isSame ? ', as predicted' : ''
  const text = `${policy}: at most ${formatCount(Math.max(...attempts))} in ${formatMs(perColumn * intervalMs)}${same}`
  return { head: { text }, body: [], chart: rows, isDrawing: true }
}

const labelled = (label: string, text: string): string => label.padEnd(LABEL) + text.trimEnd()

/** `whole`: the highest bar means all of it, nothing less. */
function bar(share: number, whole = false): string {
  const level = Math.ceil(8 * Math.min(1, Math.max(0, share)))
  return BARS[whole && share < 1 ? Math.min(7, level) : level]!
}

const lastUsed = (counts: Counts): number => counts.findLastIndex(count => (count ?? 0) > 0) + 1

/** How long it takes to its last value. */
const settled = (counts: Counts): number => counts.findIndex(count => count === counts.at(-1)) + 1

function summed(counts: Counts, perColumn: number, columns: number): number[] {
  const sums = Array.from({ length: columns }, () => 0)
  for (const [index, count] of counts.slice(0, columns * perColumn).entries())
    sums[Math.floor(index / perColumn)]! += count ?? 0
  return sums
}

function difference(a: readonly number[], b: readonly number[]): number {
  const total = b.reduce((sum, count) => sum + count, 0)
  const apart = a.reduce((sum, count, at) => sum + Math.abs(count - b[at]!), 0)
  return total === 0 ? apart : apart / total
}

/** A line of marks, ▲ where the service came back, and one of labels, of which none runs into another. */
function axis(columns: number, columnMs: number, restoredMs: number | null): string[] {
  const endMs = columns * columnMs
  const everyMs = TICKS_MS.findLast(ms => endMs / ms >= TICKS_LEAST) ?? endMs
  const marks = Array.from({ length: columns }, () => '─')
  const labels: { at: number; text: string }[] = []
  const put = (ms: number, mark: string, text: string) => {
    const at = Math.floor(ms / columnMs)
    if (at >= columns || labels.some(label => at <= label.at + label.text.length && at + text.length >= label.at))
      return
    marks[at] = mark
    labels.push({ at, text })
  }
  put(0, '┴', 'cut')
  if (restoredMs !== null && restoredMs > 0) put(restoredMs, '▲', `back up ${formatMs(restoredMs)}`)
  for (let ms = everyMs; ms < endMs; ms += everyMs) put(ms, '┴', formatMs(ms))
  let line = ''
  for (const { at, text } of labels.toSorted((a, b) => a.at - b.at)) line = line.padEnd(at) + text
  return [labelled('', marks.join('')), labelled('', line)]
}

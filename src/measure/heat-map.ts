import type { Histogram } from './histogram.ts'

/** Upper ends in ms of the rows of a latency heat map, five to a decade from 0.1 ms to 63 s; the last row is open. */
export const heatRowsMs: readonly number[] = Array.from({ length: 30 }, (_, row) =>
  Number((0.1 * 10 ** (row / 5)).toPrecision(2)),
)

/** The timeline series of a row: how many values of an interval were at most this many ms, and above the row below. */
export const heatSeries = (row: number) => `heat_le_${heatRowsMs[row]}`

/** How many of the values fall into each row. */
export function heatCounts(histogram: Histogram): number[] {
  const counts = heatRowsMs.map(() => 0)
  let row = 0
  for (const { toUs, count } of histogram.filled()) {
    while (row < counts.length - 1 && toUs / 1000 > heatRowsMs[row]!) row += 1
    counts[row]! += count
  }
  return counts
}

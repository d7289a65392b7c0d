import type { Histogram } from './histogram.ts'

/** Upper ends in ms of the rows of a latency heat map, five to a decade from 0.1 ms to 63 s; the last row is open. */
export const heatRowsMs: readonly number[] = Array.from({ length: 30 }, (_, row) =>
  Number((0.1 * 10 ** (row / 5)).toPrecision(2)),
)

/** The timeline series of a row: how many values of an interval were at most this many ms, and above the row below. */
export const heatSeries = (row: number) => `heat_le_${heatRowsMs[row]}`

const limitsUs = heatRowsMs.map(ms => ms * 1000)

/** How many of the values fall into each row. */
export const heatCounts = (histogram: Histogram): number[] => histogram.countsUpTo(limitsUs)

/** What the page's script is told to draw. Plain JSON: it is embedded in the page. */
export interface Chart {
  id: string
  title: string
  /** One sentence on how to read it. */
  note: string
  /** `percentile`: x is 1 / (1 - share), so that p90, p99, p99.9 are equally far apart. */
  x: { kind: 'seconds' | 'percentile' | 'ms'; values: number[] }
  y: { unit: 'ms' | 'count' | 'share'; log: boolean }
  series: ChartSeries[]
  /** A heat map instead of lines: `counts[row][column]` for rows that end at `rowsMs`. */
  heat?: { rowsMs: number[]; counts: number[][] }
}

export interface ChartSeries {
  label: string
  values: (number | null)[]
  /** Index of the palette. */
  colour: number
  /** The run that is laid under this one. */
  baseline?: boolean
  dashed?: boolean
  fill?: boolean
}

/** At most six digits: enough for a picture, a third of the bytes. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6))
}

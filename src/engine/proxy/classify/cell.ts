import type { Classification } from './classify-stream.ts'

/** A way of asking for a stream, each axis with all its values. What differs between two ways is the cause of a different outcome. */
export const AXES = {
  http: ['1.1', '2'],
  encoding: ['identity', 'gzip', 'br'],
  method: ['GET', 'POST'],
} as const

export type Way = { [Axis in keyof typeof AXES]: (typeof AXES)[Axis][number] }

/** X-Accel-Buffering: no; Cache-Control: no-transform; a comment right behind the head. */
export const ORIGIN_REMEDIES = ['accel', 'no-transform', 'comment'] as const

export type OriginRemedy = (typeof ORIGIN_REMEDIES)[number]

/** One stream: a way of asking, what the origin sends along, and how large its events are. */
export interface Cell extends Way {
  /** What the origin tries, so that the path lets the stream through; null: nothing. */
  remedy: OriginRemedy | null
  size: 'small' | 'large'
}

export interface CellResult {
  cell: Cell
  classification: Classification
}

export const isSameWay = (a: Way, b: Way): boolean =>
  a.http === b.http && a.encoding === b.encoding && a.method === b.method

/** `identity-get`, `h2-gzip-post`: HTTP/1.1 goes without saying. */
export const wayName = ({ http, encoding, method }: Way): string =>
  `${http === '2' ? 'h2-' : ''}${encoding}-${method.toLowerCase()}`

/** `identity-get-small`, `gzip-post-large-accel`: names a cell in metrics and findings. */
export function cellName(cell: Cell): string {
  const { remedy, size } = cell
  return `${wayName(cell)}-${size}${remedy === null ? '' : `-${remedy}`}`
}

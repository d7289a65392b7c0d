import type { Classification } from './classify-stream.ts'

/** One way of asking for the same stream. What differs between two cells is the cause of a different outcome. */
export interface Cell {
  encoding: 'identity' | 'gzip'
  method: 'GET' | 'POST'
  /** Whether the origin sends `X-Accel-Buffering: no`. */
  accelOff: boolean
  /** Whether the origin sends `Cache-Control: no-transform`. */
  noTransform: boolean
  size: 'small' | 'large'
}

export interface CellResult {
  cell: Cell
  classification: Classification
}

/** `identity-get-small`, `gzip-post-large-accel`: names a cell in metrics and findings. */
export function cellName({ encoding, method, accelOff, noTransform, size }: Cell): string {
  const marks = `${accelOff ? '-accel' : ''}${noTransform ? '-no-transform' : ''}`
  return `${encoding}-${method.toLowerCase()}-${size}${marks}`
}

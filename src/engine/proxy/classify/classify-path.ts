import type { Cell, CellResult } from './cell.ts'
import type { Classification } from './classify-stream.ts'
import { median } from './quantile.ts'

export type PathClass =
  | { kind: 'STREAM' }
  | { kind: 'TIME_COALESCE'; ms: number }
  | { kind: 'SIZE_BUFFER'; bytes: number }
  | { kind: 'COMPRESSOR' }
  | { kind: 'UNTIL_CLOSE' }
  | { kind: 'HEADERS_HELD' }
  | { kind: 'NOTHING' }

/** What a path does to the streams that are asked for in one way, small and large events taken together. */
export interface PathDiagnosis {
  encoding: Cell['encoding']
  method: Cell['method']
  outcome: PathClass
  /** The class of the same stream where the origin sends the header; null: not tried. */
  withAccelOff: PathClass | null
  withNoTransform: PathClass | null
  cells: CellResult[]
}

type Way = Pick<Cell, 'encoding' | 'method'>

const WAYS: Way[] = [
  { encoding: 'identity', method: 'GET' },
  { encoding: 'identity', method: 'POST' },
  { encoding: 'gzip', method: 'GET' },
  { encoding: 'gzip', method: 'POST' },
]

/** One diagnosis for each way of asking that was tried. */
export function diagnosePath(results: readonly CellResult[]): PathDiagnosis[] {
  return WAYS.flatMap(way => {
    const cells = results.filter(({ cell }) => cell.encoding === way.encoding && cell.method === way.method)
    const plain = cells.filter(({ cell }) => !cell.accelOff && !cell.noTransform)
    if (plain.length === 0) return []
    const identity = results.filter(
      ({ cell }) => cell.encoding === 'identity' && cell.method === way.method && !cell.accelOff && !cell.noTransform,
    )
    const identityClass = way.encoding === 'gzip' && identity.length > 0 ? joined(identity) : null
    const treated = (which: (cell: Cell) => boolean) => {
      const some = cells.filter(({ cell }) => which(cell))
      return some.length === 0 ? null : byCompression(joined(some), some, identityClass)
    }
    return [
      {
        ...way,
        outcome: byCompression(joined(plain), plain, identityClass),
        withAccelOff: treated(cell => cell.accelOff),
        withNoTransform: treated(cell => cell.noTransform),
        cells,
      },
    ]
  })
}

/** Nothing is held back. Held headers delay `onopen` and the first event's deadline, but no event. */
export const isHeld = ({ kind }: PathClass): boolean =>
  kind === 'TIME_COALESCE' || kind === 'SIZE_BUFFER' || kind === 'COMPRESSOR' || kind === 'UNTIL_CLOSE'

// The compressor is to blame where the body came compressed and was held more than the same without compression.
function byCompression(outcome: PathClass, cells: CellResult[], identity: PathClass | null): PathClass {
  const compressed = cells.some(({ classification }) => classification.compressed)
  if (!compressed || !isHeld(outcome)) return outcome
  if (outcome.kind === 'TIME_COALESCE' && identity?.kind === 'TIME_COALESCE') return outcome
  if (outcome.kind === 'SIZE_BUFFER' && identity?.kind === 'SIZE_BUFFER' && identity.bytes === outcome.bytes)
    return outcome
  return { kind: 'COMPRESSOR' }
}

// A buffer shows its size only to a stream that fills it: a small stream through it lasts until the close.
function joined(cells: readonly CellResult[]): PathClass {
  const of = (size: Cell['size']) => cells.find(({ cell }) => cell.size === size)?.classification
  const large = of('large')
  const small = of('small')
  const bodies = [large, small].flatMap(classification => (classification === undefined ? [] : [classification.body]))
  const buffer = bodies.find(body => body.kind === 'SIZE_BUFFER')
  if (buffer !== undefined) return buffer
  if (bodies.some(body => body.kind === 'UNTIL_CLOSE')) return { kind: 'UNTIL_CLOSE' }
  const times = bodies.flatMap(body => (body.kind === 'TIME_COALESCE' ? [body.ms] : []))
  if (times.length > 0) return { kind: 'TIME_COALESCE', ms: median(times) }
  if (bodies.every(body => body.kind === 'NOTHING')) return { kind: 'NOTHING' }
  return [large, small].some(isHeadHeld) ? { kind: 'HEADERS_HELD' } : { kind: 'STREAM' }
}

const isHeadHeld = (classification: Classification | undefined): boolean => classification?.headersHeld === true

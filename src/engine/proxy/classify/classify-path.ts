import { type Cell, type CellResult, isSameWay, ORIGIN_REMEDIES, type OriginRemedy, type Way } from './cell.ts'
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
export interface PathDiagnosis extends Way {
  outcome: PathClass
  /** The class of the same stream where the origin tries to mend it; absent: not tried. */
  treated: Partial<Record<OriginRemedy, PathClass>>
  cells: CellResult[]
}

const isPlain = ({ cell }: CellResult): boolean => cell.remedy === null

/** One diagnosis for each way of asking that was tried, in the order of the results. */
export function diagnosePath(results: readonly CellResult[]): PathDiagnosis[] {
  const ways: Way[] = []
  for (const { cell } of results) if (!ways.some(way => isSameWay(way, cell))) ways.push(cell)
  return ways.flatMap(({ http, encoding, method }) => {
    const way = { http, encoding, method }
    const cells = results.filter(({ cell }) => isSameWay(cell, way))
    const plain = cells.filter(isPlain)
    if (plain.length === 0) return []
    const identity = results.filter(one => isPlain(one) && isSameWay(one.cell, { ...way, encoding: 'identity' }))
    const identityClass = encoding !== 'identity' && identity.length > 0 ? joined(identity) : null
    const treated: PathDiagnosis['treated'] = {}
    for (const remedy of ORIGIN_REMEDIES) {
      const some = cells.filter(({ cell }) => cell.remedy === remedy)
      if (some.length > 0) treated[remedy] = byCompression(joined(some), some, identityClass)
    }
    return [
      {
        ...way,
        outcome: byCompression(joined(plain), plain, identityClass),
        treated,
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

import type { Cell } from '../classify/cell.ts'
import { classifyStream } from '../classify/classify-stream.ts'
import { diagnosePath, type PathDiagnosis } from '../classify/classify-path.ts'
import type { ProbeTarget } from '../client/probe-target.ts'
import type { Origin } from '../origin/origin.ts'
import { type CellProbe, probeCell } from './probe-cell.ts'

export interface MatrixResult {
  probes: CellProbe[]
  diagnoses: PathDiagnosis[]
  /** Why cells could not be opened at all. */
  unreachable: string[]
}

/** Every way of asking that may make a difference, small and large events each. */
export const MATRIX: readonly Cell[] = (['identity', 'gzip'] as const).flatMap(encoding =>
  (['GET', 'POST'] as const).flatMap(method =>
    ([false, true] as const).flatMap(accelOff =>
      (['small', 'large'] as const).flatMap(size => {
        const cell = { encoding, method, accelOff, noTransform: false, size }
        const isPlainGzip = encoding === 'gzip' && method === 'GET' && !accelOff
        return isPlainGzip ? [cell, { ...cell, noTransform: true }] : [cell]
      }),
    ),
  ),
)

/** All cells at the same time. */
export async function probeMatrix(
  target: ProbeTarget,
  origin: Origin,
  cells: readonly Cell[] = MATRIX,
): Promise<MatrixResult> {
  const opened = await Promise.all(cells.map(cell => probeCell(target, origin, cell)))
  const probes = opened.flatMap(result => (result.ok ? [result.value] : []))
  const unreachable = [...new Set(opened.flatMap(result => (result.ok ? [] : [result.reason])))]
  const results = probes.map(({ cell, seen }) => ({ cell, classification: classifyStream(seen) }))
  return { probes, diagnoses: diagnosePath(results), unreachable }
}

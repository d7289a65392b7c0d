import { watchStalls } from '../../../measure/stalls.ts'
import { AXES, type Cell, isSameWay, ORIGIN_REMEDIES } from '../classify/cell.ts'
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
  /** What was answered with another status than 200: the proxy's rules, and nothing about buffering. */
  refused: { cell: Cell; status: number }[]
  /** Why nothing was asked over HTTP/2; null: it was. */
  withoutHttp2: string | null
}

/** Every way of asking that may make a difference, small and large events each, with what the origin can do about it. */
export const MATRIX: readonly Cell[] = AXES.http.flatMap(http =>
  AXES.encoding.flatMap(encoding =>
    AXES.method.flatMap(method =>
      (['small', 'large'] as const).flatMap(size => {
        const remedies = [null, ...ORIGIN_REMEDIES].filter(
          // A head that waits does so whatever is to come; only what compresses looks at no-transform.
          remedy =>
            (remedy !== 'comment' || size === 'small') && (remedy !== 'no-transform' || encoding !== 'identity'),
        )
        return remedies.map(remedy => ({ http, encoding, method, size, remedy }))
      }),
    ),
  ),
)

/** All cells at the same time; those over HTTP/2 only where the front offers it. */
export async function probeMatrix(
  target: ProbeTarget,
  origin: Origin,
  cells: readonly Cell[] = MATRIX,
): Promise<MatrixResult> {
  const http2 = await offersHttp2(target)
  const asked = cells.filter(({ http }) => http === '1.1' || http2.ok)
  const watch = watchStalls()
  const opened = await Promise.all(asked.map(cell => probeCell(target, origin, cell, watch.stalls)))
  watch.stop()
  const probes = opened.flatMap(result => (result.ok ? [result.value] : []))
  const unreachable = [...new Set(opened.flatMap(result => (result.ok ? [] : [result.reason])))]
  const refused = probes.flatMap(({ cell, exchange: { head } }) =>
    head === null || head.status === 200 ? [] : [{ cell, status: head.status }],
  )
  const results = probes
    .filter(({ cell }) => !refused.some(one => one.cell === cell))
    .map(({ cell, seen }) => ({ cell, classification: classifyStream(seen) }))
  const diagnoses = diagnosePath(results)
  return {
    probes,
    diagnoses,
    unreachable,
    refused: refused.filter(({ cell }) => !diagnoses.some(diagnosis => isSameWay(diagnosis, cell))),
    withoutHttp2: http2.ok ? null : http2.reason,
  }
}

async function offersHttp2(target: ProbeTarget): Promise<{ ok: true } | { ok: false; reason: string }> {
  const dialled = await target.dialHttp2()
  if (!dialled.ok) return dialled
  dialled.session.destroy()
  return { ok: true }
}

import { createHistogram } from '../../../measure/histogram.ts'
import type { Metric } from '../../../report/report.ts'
import type { PathDiagnosis } from '../classify/classify-path.ts'
import { cellName } from '../classify/cell.ts'
import type { ProbeTarget } from '../client/probe-target.ts'
import type { Origin } from '../origin/origin.ts'
import { emptyPart, type PartResult } from '../part.ts'
import { probeMatrix } from './matrix.ts'
import type { CellProbe } from './probe-cell.ts'

/** The buffering part where rtbench is the origin: the matrix, exact hold times, what tells the hop. */
export async function runBuffering(
  target: ProbeTarget,
  origin: Origin,
): Promise<PartResult & { diagnoses: PathDiagnosis[] }> {
  const { probes, diagnoses, unreachable } = await probeMatrix(target, origin)
  const part = emptyPart()
  const coalescing = diagnoses.flatMap(({ outcome }) => (outcome.kind === 'TIME_COALESCE' ? [outcome.ms] : []))
  const reached = probes.filter(({ atOrigin }) => atOrigin !== null)
  return {
    ...part,
    diagnoses,
    metrics: holdMetrics(probes),
    responseHeaders: probes.flatMap(({ exchange }) => exchange.head?.headers ?? []),
    coalescesMs: coalescing[0] ?? null,
    unreachable:
      reached.length > 0 ? null : probes.length === 0 ? (unreachable[0] ?? 'no connection') : notReached(probes[0]!),
  }
}

function notReached({ exchange }: CellProbe): string {
  const { head, malformed } = exchange
  const answer =
    malformed ?? (head === null ? 'nothing came back' : `the proxy answered ${head.status} ${head.reason}`.trim())
  return `no request reached the origin (${answer}): does the proxy lead to the address of --origin?`
}

// Of the plain GETs only; both times are ours, so the delivery time is exact.
function holdMetrics(probes: readonly CellProbe[]): Record<string, Metric> {
  const metrics: Record<string, Metric> = {}
  for (const { cell, seen } of probes) {
    if (cell.method !== 'GET' || cell.accelOff || cell.noTransform) continue
    const histogram = createHistogram()
    for (const { emittedAtMs, arrivedAtMs } of seen.events)
      if (emittedAtMs !== null) histogram.record(Math.max(0, (arrivedAtMs - emittedAtMs) * 1000))
    if (histogram.count > 0) metrics[`push_latency{stream:${cellName(cell)}}`] = histogram.toMetric()
  }
  return metrics
}

import { createHistogram } from '../../../measure/histogram.ts'
import type { CheckResult, Metric } from '../../../report/report.ts'
import type { PathDiagnosis } from '../classify/classify-path.ts'
import { cellName, isSameWay, wayName } from '../classify/cell.ts'
import { describeWay } from '../classify/describe-ways.ts'
import type { ProbeTarget } from '../client/probe-target.ts'
import type { Origin } from '../origin/origin.ts'
import { untimedStreams } from './untimed-streams.ts'
import { checkOf, emptyPart, type PartResult } from '../part.ts'
import { bufferingChecks } from './findings.ts'
import { type MatrixResult, probeMatrix } from './matrix.ts'
import type { CellProbe } from './probe-cell.ts'

/** The buffering part where rtbench is the origin: the matrix, exact hold times, what tells the hop. */
export async function runBuffering(
  target: ProbeTarget,
  origin: Origin,
): Promise<PartResult & { diagnoses: PathDiagnosis[] }> {
  const matrix = await probeMatrix(target, origin)
  const { probes, diagnoses } = matrix
  const part = emptyPart()
  const coalescing = diagnoses.flatMap(({ outcome }) => (outcome.kind === 'TIME_COALESCE' ? [outcome.ms] : []))
  const reached = probes.filter(({ atOrigin }) => atOrigin !== null)
  return {
    ...part,
    diagnoses,
    checks: [...bufferingChecks(diagnoses), ...notLookedAt(matrix)],
    metrics: holdMetrics(probes),
    responseHeaders: probes.flatMap(({ exchange }) => exchange.head?.headers ?? []),
    coalescesMs: coalescing[0] ?? null,
    limited: untimedStreams(diagnoses),
    unreachable: diagnoses.length > 0 && reached.length > 0 ? null : whyNothing(matrix),
  }
}

function notLookedAt({ refused, withoutHttp2 }: MatrixResult): CheckResult[] {
  const skip = (id: string, what: string, reason: string) =>
    checkOf(`buffering.${id}`, `events pass as they are emitted: ${what}`, 'skip', { reason })
  const ways = refused.filter(({ cell }, index) => refused.findIndex(one => isSameWay(one.cell, cell)) === index)
  const lines = ways.map(({ cell, status }) => skip(wayName(cell), describeWay(cell), `answered HTTP ${status}`))
  return withoutHttp2 === null ? lines : [...lines, skip('h2', 'over HTTP/2', withoutHttp2)]
}

function whyNothing({ probes, unreachable, refused }: MatrixResult): string {
  const first = probes[0]
  if (first === undefined) return unreachable[0] ?? 'no connection'
  if (probes.some(({ atOrigin }) => atOrigin !== null)) return `every stream was answered HTTP ${refused[0]?.status}`
  const { head, malformed } = first.exchange
  const answer = malformed ?? (head === null ? 'nothing came back' : `the proxy answered HTTP ${head.status}`)
  return `no request reached the origin (${answer}): does the proxy lead to the address of --origin?`
}

// Of the plain GETs only; both times are ours, so the delivery time is exact.
function holdMetrics(probes: readonly CellProbe[]): Record<string, Metric> {
  const metrics: Record<string, Metric> = {}
  for (const { cell, seen } of probes) {
    if (cell.method !== 'GET' || cell.remedy !== null) continue
    const histogram = createHistogram()
    for (const { emittedAtMs, arrivedAtMs } of seen.events)
      if (emittedAtMs !== null) histogram.record(Math.max(0, (arrivedAtMs - emittedAtMs) * 1000))
    if (histogram.count > 0) metrics[`push_latency{stream:${cellName(cell)}}`] = histogram.toMetric()
  }
  return metrics
}

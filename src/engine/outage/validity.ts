import type { Report } from '../../report/report.ts'
import type { Compared } from './compared.ts'
import { percentile } from './metrics.ts'

// From where on the generator's own troubles could have made the figures.
/** Of an attempt behind its schedule, p99 of those before the restore or of those after it: a peak is then our own queue. */
const ISSUE_LAG_P99_MS = 100
/** From issue to accept by our own gate, p99: a wave is then stretched, and more of it fits the capacity. */
const ACCEPT_LAG_P99_MS = 100
/** A single stall of this length holds a whole wave of attempts back. */
const STALL_MS = 400

/** Whether the herd was issued as its policies wanted it. */
export function judgeHerds(compared: readonly Compared[]): Report['validity'] {
  const reasons: string[] = []
  for (const { policy, outcome } of compared) {
    if (outcome === null) continue
    for (const lost of outcome.lostWorkers) reasons.push(`${policy}: ${lost}; its clients are not in the figures`)
    const { measured } = outcome
    if (!measured) continue
    const { issueLagMs, acceptLagMs } = measured.delays
    const lagMs = Math.max(percentile(issueLagMs.down, 0.99) ?? 0, percentile(issueLagMs.restored, 0.99) ?? 0)
    if (lagMs > ISSUE_LAG_P99_MS)
      reasons.push(
        `${policy}: attempts were issued ${Math.round(lagMs)} ms after their schedule (p99): the real herd is steeper; use more --workers or machines, or fewer clients`,
      )
    const acceptMs = percentile(acceptLagMs, 0.99) ?? 0
    if (acceptMs > ACCEPT_LAG_P99_MS)
      reasons.push(
        `${policy}: the gate accepted attempts ${Math.round(acceptMs)} ms after their issue (p99): a real server meets steeper waves; use a quieter machine or fewer clients`,
      )
    if (measured.longestStallMs >= STALL_MS)
      reasons.push(
        `${policy}: the generator stood still for ${Math.round(measured.longestStallMs)} ms; run it on a quieter machine or with fewer clients`,
      )
    const local = ['too-many-files', 'ports-used-up'].filter(name => measured.failureClasses[name])
    for (const name of local) reasons.push(`${policy}: ${measured.failureClasses[name]!.example}`)
    if (measured.attemptsUnrecorded > 0)
      reasons.push(
        `${policy}: ${measured.attemptsUnrecorded} attempts are beyond what is recorded: use a shorter --down`,
      )
  }
  return { verdict: reasons.length === 0 ? 'valid' : 'limited', reasons }
}

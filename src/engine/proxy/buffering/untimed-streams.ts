import { formatShare } from '../../../report/text.ts'
import type { PathDiagnosis } from '../classify/classify-path.ts'

/** Beyond this too little of a stream is timed to say what held it. */
const MOST_UNTIMED = 0.5

/** Why the streams cannot be judged; null: they can. */
export function untimedStreams(diagnoses: readonly PathDiagnosis[]): string | null {
  const shares = diagnoses.flatMap(({ cells }) =>
    // What came all at once after the last emission is known to have been held, whenever within a stall it came.
    cells.flatMap(({ classification: { body, features } }) =>
      body.kind === 'UNTIL_CLOSE' ? [] : [features.untimed / Math.max(1, features.events)],
    ),
  )
  const most = Math.max(0, ...shares)
  if (most <= MOST_UNTIMED) return null
  return `this machine did not run rtbench when ${formatShare(most)} of a stream arrived: how long those events were held is not known; stop what else runs here`
}

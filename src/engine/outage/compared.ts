import type { PolicyOutcome } from './conduct.ts'
import type { HerdFigures } from './herd.ts'
import { herdFigures } from './herd.ts'
import type { Prediction } from './predict.ts'

/** One policy: measured, predicted, or both. */
export interface Compared {
  policy: string
  outcome: PolicyOutcome | null
  measured: HerdFigures | null
  prediction: Prediction | null
  predicted: HerdFigures | null
}

export function compare(policy: string, outcome: PolicyOutcome | null, prediction: Prediction | null): Compared {
  const measured = outcome?.measured
  return {
    policy,
    outcome,
    measured: measured ? herdFigures(measured.herd) : null,
    prediction,
    predicted: prediction === null ? null : herdFigures(prediction),
  }
}

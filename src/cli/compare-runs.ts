import { UsageError } from '../config/errors.ts'
import { type Comparison, compareReports } from '../report/compare.ts'
import { MismatchError } from '../report/merge.ts'
import type { Report } from '../report/report.ts'

/** Compares, or says in a sentence why these results cannot be. */
export function compareRuns(before: readonly Report[], after: readonly Report[], minimumEffect?: number): Comparison {
  return orUsageError(() => compareReports(before, after, minimumEffect === undefined ? {} : { minimumEffect }))
}

/** What does not fit together is the choice of files, not a bug. */
export function orUsageError<Value>(act: () => Value): Value {
  try {
    return act()
  } catch (error) {
    throw error instanceof MismatchError ? new UsageError(error.message) : error
  }
}

import { UsageError } from '../config/errors.ts'
import type { Given } from '../config/read-options.ts'

/** Refuses words that only a command line has a use for. */
export function refuseInStep(given: Given, names: readonly string[]): void {
  const name = names.find(key => given[key] !== undefined && given[key] !== false)
  if (name !== undefined) throw new UsageError(`--${name} has no meaning in a step of a scenario`, name)
}

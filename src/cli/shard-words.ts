import { UsageError } from '../config/errors.ts'
import { shard } from '../config/options/shard.ts'
import { type Given, readOptions } from '../config/read-options.ts'
import type { Scenario } from '../config/scenario.ts'

/** `--shard` and what belongs to it, as words for the one step that is divided. */
export function shardWords(given: Given, scenarios: readonly Scenario[]): Given {
  const values = readOptions(shard, given)
  const words = Object.fromEntries(
    Object.keys(shard.options).flatMap(key => (given[key] === undefined ? [] : [[key, given[key]]])),
  )
  if (values.shard === undefined) {
    const [key] = Object.keys(words)
    if (key !== undefined)
      throw new UsageError(`--${key === 'runId' ? 'run-id' : 'start-at'} has no meaning without --shard`)
    return {}
  }
  const steps = scenarios.flatMap(scenario => scenario.steps)
  // Only the first step could begin at the same moment everywhere.
  if (steps.length > 1)
    throw new UsageError(`--shard divides one step, but ${steps.length} are selected: name it with --step`, 'shard')
  return { runId: scenarios.find(({ steps }) => steps.length > 0)?.name.replaceAll(/[^\w.:-]+/g, '-'), ...words }
}

import { kubernetes } from '../config/options/run.ts'
import { shard } from '../config/options/shard.ts'
import { jobManifest } from '../config/kubernetes-manifest.ts'
import { UsageError } from '../config/errors.ts'
import { readOptions } from '../config/read-options.ts'
import type { Scenario } from '../config/scenario.ts'
import { version } from '../world/version.ts'
import type { Call } from './command.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { textReader } from './read-text.ts'

/** Prints the manifest of an Indexed Job that runs one scenario step in shards. */
export async function printManifest({ args, given, world }: Call, scenarios: readonly Scenario[]): Promise<ExitCode> {
  const values = readOptions(kubernetes, given)
  const { shard: part, startAt, runId } = readOptions(shard, given)
  if (part !== undefined) throw new UsageError('--kubernetes makes the shards itself: leave --shard out', 'shard')
  const [scenario] = scenarios
  if (scenarios.length !== 1 || scenario === undefined || args[0] === '-')
    throw new UsageError('--kubernetes takes one scenario file')
  const [step] = scenario.steps
  if (scenario.steps.length !== 1 || step === undefined)
    throw new UsageError(
      `--kubernetes divides one step, but ${scenario.steps.length} are selected: name it with --step`,
    )
  await world.out(
    jobManifest({
      name: scenario.name,
      step: step.name,
      scenario: textReader(world)(args[0]!, 'scenario'),
      shards: values.shards ?? 2,
      image: values.image ?? null,
      version: version(),
      runId: runId ?? scenario.name.replaceAll(/[^\w.:-]+/g, '-'),
      startAt: startAt ?? null,
    }),
  )
  return EXIT.held
}

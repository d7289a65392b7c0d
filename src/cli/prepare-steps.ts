// Scenario steps → runs that can be started; every mistake is found before the first one is.
import { UsageError } from '../config/errors.ts'
import { movePublishUrl, moveUrl } from '../config/move-url.ts'
import type { Given } from '../config/read-options.ts'
import { type PlannedRun, runOrder } from '../config/run-order.ts'
import type { Scenario, ScenarioStep } from '../config/scenario.ts'
import type { ProcessWorld } from '../world/process.ts'
import type { Run } from './command.ts'
import { besideScenario } from './read-scenarios.ts'
import type { Step } from './step-commands.ts'

export interface PreparedRun extends PlannedRun {
  scenario: Scenario
  step: ScenarioStep
  run: Run
}

export interface StepChanges {
  url: string | undefined
  against: string | undefined
  repeat: number
  /** Words for every step, as `--shard`. */
  words: Given
  /** The same, for the steps that know them. */
  wordsWhereKnown: Given
}

export async function prepareSteps(
  scenarios: readonly Scenario[],
  commands: readonly Step[],
  changes: StepChanges,
  world: ProcessWorld,
): Promise<PreparedRun[]> {
  const prepared: PreparedRun[] = []
  for (const scenario of scenarios)
    for (const step of scenario.steps) {
      const command = commands.find(({ name }) => name === step.command)!
      const sides = new Map<PlannedRun['side'], Run>()
      for (const planned of runOrder(changes.repeat, changes.against !== undefined)) {
        const { side } = planned
        const place = side === 'a' ? changes.url : changes.against
        const run = sides.get(side) ?? (await prepareStep(command, scenario, step, { ...changes, url: place }, world))
        sides.set(side, run)
        prepared.push({ ...planned, scenario, step, run })
      }
    }
  return prepared
}

async function prepareStep(
  command: Step,
  scenario: Scenario,
  step: ScenarioStep,
  { url: place, words, wordsWhereKnown }: StepChanges,
  world: ProcessWorld,
): Promise<Run> {
  refuseForeignWords(command, step, words)
  const known = new Set(wordsOf(command))
  const further = Object.entries(wordsWhereKnown).filter(([key]) => known.has(key))
  try {
    const { args, given } = place === undefined ? step : moved(step, place)
    return await command.prepare({
      args,
      given: { ...given, ...Object.fromEntries(further), ...words },
      readText: besideScenario(scenario.file, world),
    })
  } catch (error) {
    throw error instanceof UsageError ? step.locate(error) : error
  }
}

function moved({ args, given }: ScenarioStep, place: string): Pick<ScenarioStep, 'args' | 'given'> {
  const urls = args.length === 0 ? [moveUrl(undefined, place)] : args.map(own => moveUrl(own, place))
  const { publish } = given
  return {
    args: urls,
    given: typeof publish === 'string' ? { ...given, publish: movePublishUrl(publish, place) } : given,
  }
}

const wordsOf = (command: Step) => command.groups.flatMap(group => Object.keys(group.options))

function refuseForeignWords(command: Step, step: ScenarioStep, words: Given): void {
  const known = new Set(wordsOf(command))
  const foreign = Object.keys(words).find(key => !known.has(key))
  if (foreign === undefined) return
  const flag = foreign.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
  throw new UsageError(`--${flag} has no meaning for the step ${JSON.stringify(step.name)}, a ${command.name}`, flag)
}

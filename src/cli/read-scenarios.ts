import path from 'node:path'
import { UsageError } from '../config/errors.ts'
import { didYouMean } from '../config/nearest.ts'
import { readScenario, type Scenario } from '../config/scenario.ts'
import { scenarioSchema } from '../config/scenario-schema.ts'
import { quote } from '../config/units.ts'
import type { ProcessWorld } from '../world/process.ts'
import { textReader } from './read-text.ts'
import type { Step } from './step-commands.ts'

/** All scenario files, checked as a whole; `only` keeps the steps of these names. */
export function readScenarios(
  files: readonly string[],
  commands: readonly Step[],
  only: readonly string[],
  world: ProcessWorld,
): Scenario[] {
  const schema = scenarioSchema(commands)
  const scenarios = files.map(file => readScenario({ ...sourceOf(file, world), env: world.env }, schema, commands))
  const names = scenarios.flatMap(({ steps }) => steps.map(({ name }) => name))
  for (const name of only)
    if (!names.includes(name))
      throw new UsageError(`--step ${quote(name)}: no step has this name${didYouMean(name, names)}`, 'step')
  if (only.length === 0) return scenarios
  return scenarios.map(({ file, name, steps }) => ({
    file,
    name,
    steps: steps.filter(step => only.includes(step.name)),
  }))
}

function sourceOf(file: string, world: ProcessWorld): { file: string; text: string } {
  if (file === '-') return { file: 'stdin', text: world.readText('/dev/stdin') }
  return { file, text: textReader(world)(file, 'scenario') }
}

/** Files that a scenario names lie beside it. */
export function besideScenario(file: string, world: ProcessWorld): ReturnType<typeof textReader> {
  const read = textReader(world)
  return (name, flag) => read(path.resolve(path.dirname(file), name), flag)
}

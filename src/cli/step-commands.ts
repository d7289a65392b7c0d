import { longName, type OptionGroup } from '../config/option.ts'
import type { StepCommand } from '../config/scenario-schema.ts'
import { findUnits, loadUnit } from '../world/units.ts'
import type { Command } from './command.ts'

// What goes to the terminal is asked of the whole run, not of a step.
const OF_THE_WHOLE = new Set(['format', 'json', 'quiet', 'no-progress'])

export interface Step extends StepCommand {
  prepare: NonNullable<Command['prepare']>
}

/** The commands that make a report: each may be a step of a scenario. */
export async function stepCommands(): Promise<Step[]> {
  const steps = await Promise.all(
    findUnits('cli/commands', []).map(async ({ id, file }): Promise<Step[]> => {
      const command = await loadUnit<Command>({ id, file })
      if (command.prepare === undefined) return []
      const urls = command.arguments[0]?.term.includes('...') ? 'many' : 'one'
      const groups = (await command.options()).map(forSteps)
      return [{ name: id, summary: command.summary, groups, urls, prepare: command.prepare }]
    }),
  )
  return steps.flat()
}

function forSteps(group: OptionGroup): OptionGroup {
  const kept = Object.entries(group.options).filter(([, option]) => !OF_THE_WHOLE.has(longName(option)))
  return { title: group.title, options: Object.fromEntries(kept) }
}

import type { OptionGroup } from '../config/option.ts'
import { findUnits, type FoundUnit, loadUnit } from '../world/units.ts'
import type { Command } from './command.ts'

/** A command and, where it is called, its options. */
export interface FoundCommand {
  command: Command
  options: readonly OptionGroup[]
}

/** The commands there are, or only the one that is called: a run does not load its neighbours. */
export async function loadCommands(word: string | undefined): Promise<Map<string, FoundCommand>> {
  const found = findUnits('cli/commands', [])
  const called = found.filter(unit => unit.id === word)
  // commander would answer `lod --help` with the help of the program.
  if (called.length === 0 && word !== undefined && !word.startsWith('-')) {
    const { unknownCommand } = await import('./usage-error.ts')
    throw unknownCommand(
      word,
      found.map(({ id }) => id),
    )
  }
  const entries = called.length > 0 ? called.map(loadCalled) : found.map(loadNamed)
  return new Map(await Promise.all(entries))
}

async function loadNamed(unit: FoundUnit): Promise<[string, FoundCommand]> {
  return [unit.id, { command: await loadUnit<Command>(unit), options: [] }]
}

async function loadCalled(unit: FoundUnit): Promise<[string, FoundCommand]> {
  const command = await loadUnit<Command>(unit)
  return [unit.id, { command, options: await command.options() }]
}

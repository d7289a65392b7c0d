import { longName, type Option } from '../config/option.ts'
import { findUnits, loadUnit } from '../world/units.ts'
import type { Command } from './command.ts'
import { KINDS, type Kind, loadThings } from './kinds.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** What a shell can offer for one option. */
export interface OfferedOption {
  short: string | null
  long: string
  help: string
  takesValue: boolean
  /** The words it can be given, where they are few. */
  words: readonly string[]
}

export interface OfferedCommand {
  name: string
  summary: string
  options: OfferedOption[]
  /** What its arguments can be: files, a few words, or nothing that a shell knows (an address). */
  takesFiles: boolean
  words: readonly string[]
}

// Options whose values are names of `rtbench list`, by their long name.
const NAMED: Readonly<Record<string, Kind>> = {
  policy: 'policies',
  reconnect: 'policies',
  fault: 'faults',
  format: 'reporters',
}

/** All commands with their options, as the shells complete them. */
export async function offeredCommands(): Promise<OfferedCommand[]> {
  const kinds = Object.keys(KINDS) as Kind[]
  const things = (await Promise.all(kinds.map(loadThings))).flat()
  const idsOf = (kind: Kind) => things.filter(thing => thing.kind === kind).map(({ id }) => id)
  const found = findUnits('cli/commands', [])
  const names = [...found.map(({ id }) => id), 'help']
  const argumentWords: Readonly<Record<string, readonly string[]>> = {
    completion: SHELLS,
    list: kinds,
    explain: [...new Set(things.map(({ id }) => id))],
  }
  const commands = found.map(async unit => {
    const command = await loadUnit<Command>(unit)
    const options = (await command.options()).flatMap(group => Object.values(group.options))
    return {
      name: unit.id,
      summary: command.summary,
      options: [...options.flatMap(option => offered(option, idsOf)), HELP],
      takesFiles: command.arguments.some(({ term }) => /scenario|result/.test(term)),
      words: argumentWords[unit.id] ?? [],
    }
  })
  const help = { name: 'help', summary: 'the help of a command', options: [], takesFiles: false, words: names }
  return [...(await Promise.all(commands)), help]
}

const HELP: OfferedOption = { short: '-h', long: '--help', help: 'show this help', takesValue: false, words: [] }

function offered(option: Option, idsOf: (kind: Kind) => string[]): OfferedOption[] {
  const kind = NAMED[longName(option)]
  const words = 'words' in option && option.words !== undefined ? option.words : []
  const own = {
    short: /^(-\w)\b/.exec(option.flags)?.[1] ?? null,
    long: `--${longName(option)}`,
    help: option.help,
    takesValue: option.kind === 'value' || option.kind === 'list',
    words: kind === undefined ? words : idsOf(kind),
  }
  if (option.kind !== 'toggle') return [own]
  return [own, { ...own, short: null, long: `--no-${longName(option)}`, help: `not: ${option.help}` }]
}

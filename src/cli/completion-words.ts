import { longName, type Option } from '../config/option.ts'
import { findUnits, loadUnit } from '../world/units.ts'
import type { Command } from './command.ts'

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
}

/** All commands with their options, as the shells complete them. */
export function offeredCommands(): Promise<OfferedCommand[]> {
  return Promise.all(
    findUnits('cli/commands', []).map(async found => {
      const command = await loadUnit<Command>(found)
      const options = (await command.options()).flatMap(group => Object.values(group.options))
      return { name: found.id, summary: command.summary, options: [...options.flatMap(offered), HELP] }
    }),
  )
}

const HELP: OfferedOption = { short: '-h', long: '--help', help: 'show this help', takesValue: false, words: [] }

function offered(option: Option): OfferedOption[] {
  const own = {
    short: /^(-\w)\b/.exec(option.flags)?.[1] ?? null,
    long: `--${longName(option)}`,
    help: option.help,
    takesValue: option.kind === 'value' || option.kind === 'list',
    words: 'words' in option && option.words !== undefined ? option.words : [],
  }
  if (option.kind !== 'toggle') return [own]
  return [own, { ...own, short: null, long: `--no-${longName(option)}`, help: `not: ${option.help}` }]
}

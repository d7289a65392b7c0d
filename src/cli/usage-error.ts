// What commander found wrong, as one sentence of ours with the way out.
import type { CommanderError } from 'commander'
import { UsageError } from '../config/errors.ts'
import { nearNames } from '../report/near-names.ts'
import { quote } from '../config/units.ts'
import type { FoundCommand } from './commands-found.ts'
import { familiarFlag } from './familiar-flags.ts'

export function usageErrorOf(
  error: CommanderError,
  words: readonly string[],
  commands: ReadonlyMap<string, FoundCommand>,
): UsageError {
  const name = words[0] ?? ''
  const command = commands.get(name)
  const see = command === undefined ? 'rtbench --help' : `rtbench ${name} --help`
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? ''
  switch (error.code) {
    case 'commander.unknownOption':
      return new UsageError(unknownOption(quoted, command, see))
    case 'commander.unknownCommand':
      return unknownCommand(quoted, [...commands.keys()])
    case 'commander.optionMissingArgument':
      return new UsageError(`${flagOf(error.message)} needs a value: ${afterFlag(error.message)} (see ${see})`)
    case 'commander.missingArgument':
      return new UsageError(`${name} needs <${quoted}> (see ${see})`)
    case 'commander.excessArguments':
      return new UsageError(
        `${name} takes ${argumentsOf(command)}, but more words were given: is a value with spaces in quotes? (see ${see})`,
      )
    default:
      return new UsageError(`${error.message.replace(/^error: /, '')} (see ${see})`)
  }
}

function unknownOption(flag: string, command: FoundCommand | undefined, see: string): string {
  const hint = familiarFlag(flag)
  if (hint !== undefined) return `there is no option ${flag}: ${hint}`
  const flags = (command?.options ?? []).flatMap(group => Object.values(group.options)).map(option => option.flags)
  const long = flags.map(text => /--[a-z-]+/.exec(text)![0])
  const near = flag.startsWith('--') ? nearNames(flag.split('=')[0]!, long) : []
  return near.length > 0
    ? `there is no option ${quote(flag).slice(1, -1)}: did you mean ${near.join(' or ')}?`
    : `there is no option ${quote(flag).slice(1, -1)} (see ${see})`
}

export function unknownCommand(word: string, commands: readonly string[]): UsageError {
  if (/^(wss?|https?):\/\//.test(word)) return new UsageError(`name the command first: rtbench load ${quote(word)}`)
  const near = nearNames(word, commands)
  const hint = near.length > 0 ? `: did you mean ${near.join(' or ')}?` : ' (see rtbench --help)'
  return new UsageError(`there is no command ${quote(word)}${hint}`)
}

function argumentsOf(found: FoundCommand | undefined): string {
  const count = found?.command.arguments.length ?? 0
  return `${count} argument${count === 1 ? '' : 's'}`
}

const flagOf = (message: string) => /(--[a-z-]+)/.exec(message)?.[1] ?? 'an option'
const afterFlag = (message: string) => /'([^']*)'(?= argument missing)/.exec(message)?.[1] ?? ''

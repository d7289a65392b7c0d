// Words → one call of one command, by way of commander. Nothing runs in here: the caller runs what comes back.
import { Command as Commander, CommanderError, Option as CommanderOption } from 'commander'
import { longName, type OptionGroup } from '../config/option.ts'
import { type Command, COMMAND_GROUPS } from './command.ts'
import type { FoundCommand } from './commands-found.ts'
import { commandNotes, PROGRAM_DESCRIPTION, PROGRAM_NOTES } from './help.ts'
import { WIDTH } from './wrap.ts'

export interface ParsedCall {
  command: Command
  args: string[]
  given: Record<string, unknown>
}

/** Either a call to make, or a text: help and version that were asked for, or help because no command was named. */
export type Parsed = { call: ParsedCall } | { text: string; isAnswer: boolean }

export async function parseWords(
  words: readonly string[],
  commands: ReadonlyMap<string, FoundCommand>,
  version: string,
): Promise<Parsed> {
  let call: ParsedCall | undefined
  let text = ''
  const program = new Commander('rtbench')
  const setUp = (command: Commander) =>
    command
      .exitOverride()
      .showSuggestionAfterError(false)
      .helpOption('-h, --help', 'show this help')
      .configureHelp({ helpWidth: WIDTH, sortSubcommands: false, sortOptions: false })
      .configureOutput({
        writeOut: part => (text += part),
        writeErr: part => (text += part),
        getOutHelpWidth: () => WIDTH,
        getErrHelpWidth: () => WIDTH,
      })
  setUp(program)
    .description(oneLine(PROGRAM_DESCRIPTION))
    .usage('<command> [options]')
    .version(version, '-V, --version', 'show the version')
    .addHelpCommand(
      new Commander('help').argument('[command]').summary('the help of a command').helpGroup('Around it:'),
    )
    .addHelpText('after', PROGRAM_NOTES)
  for (const [name, { command, options }] of ordered(commands)) {
    const sub = setUp(program.command(name).usage(usage(command)))
    describe(sub, command, options)
    sub.action(() => {
      call = { command, args: sub.args, given: givenWords(sub, options) }
    })
  }
  try {
    program.parse(words as string[], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0 || error.code === 'commander.help') return { text, isAnswer: error.exitCode === 0 }
    const { usageErrorOf } = await import('./usage-error.ts')
    throw usageErrorOf(error, words, commands)
  }
  return call === undefined ? { text, isAnswer: false } : { call }
}

function ordered(commands: ReadonlyMap<string, FoundCommand>): [string, FoundCommand][] {
  const rank = ({ command }: FoundCommand) => COMMAND_GROUPS.indexOf(command.group)
  return [...commands].sort(([, a], [, b]) => rank(a) - rank(b))
}

function describe(sub: Commander, command: Command, options: readonly OptionGroup[]): void {
  sub.summary(command.summary).description(oneLine(command.description)).helpGroup(`${command.group}:`)
  for (const { term, help } of command.arguments) sub.argument(term, help)
  for (const group of options) {
    for (const option of Object.values(group.options)) {
      const heading = `${group.title}:`
      if (option.kind === 'list')
        sub.addOption(new CommanderOption(option.flags, option.help).helpGroup(heading).argParser(collect))
      else sub.addOption(new CommanderOption(option.flags, option.help).helpGroup(heading))
      if (option.kind === 'toggle')
        sub.addOption(new CommanderOption(`--no-${longName(option)}`).hideHelp().helpGroup(heading))
    }
  }
  sub.addHelpText('after', commandNotes(command))
}

const usage = (command: Command) => ['[options]', ...command.arguments.map(({ term }) => term)].join(' ')

// commander wraps by itself, but keeps line breaks.
const oneLine = (text: string) => text.replaceAll('\n', ' ')

const collect = (word: string, words: string[] | undefined) => [...(words ?? []), word]

// commander files `--no-progress` under `progress`, true unless it is given.
function givenWords(sub: Commander, groups: readonly OptionGroup[]): Record<string, unknown> {
  const given: Record<string, unknown> = {}
  for (const [key, option] of groups.flatMap(group => Object.entries(group.options))) {
    const name = longName(option)
    const own = name.startsWith('no-') ? key[2]!.toLowerCase() + key.slice(3) : key
    const word: unknown = sub.getOptionValue(own)
    if (own !== key) given[key] = word === false
    else if (sub.getOptionValueSource(own) === 'cli') given[key] = word
  }
  return given
}

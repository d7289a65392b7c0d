// The interface of a command. A file in `commands/` that default-exports `defineCommand({…})` is a command: its name is
// the file's, and nothing else has to be edited.
//
// - Keep the file light: it is imported for `rtbench --help`. Everything but types, `defineCommand` and exit codes comes
//   by `await import()` inside `options` and `run`.
// - Option groups shared by all commands are in `config/options/`; a command's own group belongs there too, so that
//   scenario files know the same words. Read them with `readOptions(group, call.given)`.
// - A command that makes a Report has `prepare`: it turns words into a run, and throws a UsageError before anything
//   starts. It is then also a step of scenario files, in the same words. Output, progress and signals are not its part.
import type { OptionGroup } from '../config/option.ts'
import type { Given } from '../config/read-options.ts'
import type { ReadText } from '../config/target.ts'
import type { RunContext } from '../engine/progress.ts'
import type { Report } from '../report/report.ts'
import type { ProcessWorld } from '../world/process.ts'
import type { ExitCode } from './exit-code.ts'

export const COMMAND_GROUPS = ['Test an endpoint', 'Gate and compare', 'Around it'] as const

export interface Argument {
  /** As in usage: `[url]`, `<id>`, `<file...>`. */
  term: string
  help: string
}

/** What a command is called with. */
export interface Call {
  /** The positional arguments as written. */
  args: readonly string[]
  /** The options as written, by long name in camelCase. */
  given: Given
  world: ProcessWorld
}

/** What a run is made of: the words of a command line, or of a step in a scenario file. */
export interface Words {
  args: readonly string[]
  given: Given
  /** For the files that options name. */
  readText: ReadText
}

export type Run = (context: RunContext) => Promise<Report>

interface Described {
  group: (typeof COMMAND_GROUPS)[number]
  /** One line for `rtbench --help`, without a full stop. */
  summary: string
  /** One or two sentences above the options. */
  description: string
  arguments: readonly Argument[]
  /** Loaded only when this command is called or explained. */
  options(): Promise<readonly OptionGroup[]>
  /** Command lines that work as they stand, and what each does. */
  examples: readonly (readonly [line: string, what: string])[]
  /** Paragraphs after the examples, at most 80 columns wide. */
  notes?: string
}

/** Does what it does by itself: `serve`, `list`. With `prepare` too, only what is no run (`check --list`): null goes on. */
interface Acts extends Described {
  run(call: Call): Promise<ExitCode | null>
  prepare?: (words: Words) => Promise<Run>
}

interface Reports extends Described {
  run?: undefined
  prepare(words: Words): Promise<Run>
}

export type Command = Acts | Reports

export const defineCommand = (command: Command): Command => command

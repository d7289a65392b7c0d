// What one option is: its flag, its words in the help, how its text becomes a value, and where it has a meaning. The
// command line, scenario files and `loadConfig()` all read the same definitions.
import type { Pattern, Transport } from './run-config.ts'
import type { Parse } from './units.ts'

interface Common {
  /** As the help shows it: `-d, --duration <time>`. The long name is also the key in a scenario file. */
  flags: string
  help: string
  /** Given for any other transport or pattern the option is a usage error. */
  transports?: readonly Transport[]
  patterns?: readonly Pattern[]
  /** What to write instead where it has no meaning, e.g. `write -R for all connections together`. */
  instead?: string
}

export interface ValueOption<Value> extends Common {
  kind: 'value'
  parse: Parse<Value>
  /** The words a schema and a shell completion can offer. */
  words?: readonly string[]
}

/** May be repeated; a scenario file gives a list. */
export interface ListOption<Value> extends Common {
  kind: 'list'
  parse: Parse<Value>
  /** Written `name: value`: in a scenario file an item may then be a map of one entry. */
  isPair?: boolean
  words?: readonly string[]
}

/** Present or not. */
export interface SwitchOption extends Common {
  kind: 'switch'
}

/** `--echo` or `--no-echo`; undefined where neither is given. */
export interface ToggleOption extends Common {
  kind: 'toggle'
}

// oxlint-disable-next-line typescript/no-explicit-any
export type Option = ValueOption<any> | ListOption<any> | SwitchOption | ToggleOption

export interface OptionGroup {
  /** The heading in the help. */
  title: string
  /** By the long name in camelCase. */
  options: Readonly<Record<string, Option>>
}

export const value = <Value>(option: Omit<ValueOption<Value>, 'kind'>): ValueOption<Value> => ({
  kind: 'value',
  ...option,
})
export const list = <Value>(option: Omit<ListOption<Value>, 'kind'>): ListOption<Value> => ({ kind: 'list', ...option })
export const toggle = (option: Omit<ToggleOption, 'kind'>): ToggleOption => ({ kind: 'toggle', ...option })
export const switchOn = (option: Omit<SwitchOption, 'kind'>): SwitchOption => ({ kind: 'switch', ...option })

/** `duration` of `-d, --duration <time>`. */
export function longName(option: Option): string {
  return /--([a-z][a-z-]*)/.exec(option.flags)![1]!
}

export type ValueOf<Given> =
  Given extends ListOption<infer Value>
    ? Value[]
    : Given extends ValueOption<infer Value>
      ? Value | undefined
      : Given extends ToggleOption
        ? boolean | undefined
        : boolean

export type ValuesOf<Group extends OptionGroup> = {
  [Key in keyof Group['options']]: ValueOf<Group['options'][Key]>
}

// From words to values: the same way for the command line, a scenario file and the public API.
import { UsageError } from './errors.ts'
import { didYouMean } from './nearest.ts'
import { type ListOption, longName, type Option, type OptionGroup, type ValuesOf } from './option.ts'
import type { GivenWords } from './run-config.ts'

/** What was written, by the option's long name in camelCase; absent or undefined: not given. */
export type Given = Readonly<Record<string, unknown>>

/** The values of one group of options. Keys of other groups are left alone. */
export function readOptions<Group extends OptionGroup>(group: Group, given: Given): ValuesOf<Group> {
  const values: Record<string, unknown> = {}
  for (const [key, option] of Object.entries(group.options)) values[key] = readOption(option, given[key])
  return values as ValuesOf<Group>
}

function readOption(option: Option, written: unknown): unknown {
  const name = longName(option)
  try {
    if (option.kind === 'list') return asList(written).map((word, item) => readItem(option, word, item))
    if (written === undefined || written === null) return option.kind === 'switch' ? false : undefined
    if (option.kind === 'value') return option.parse(asText(written, name), `--${name}`)
    if (typeof written !== 'boolean') throw new UsageError(`--${name} is true or false, not ${JSON.stringify(written)}`)
    return written
  } catch (error) {
    if (error instanceof UsageError) error.option ??= name
    throw error
  }
}

function readItem(option: ListOption<unknown>, word: unknown, item: number): unknown {
  const name = longName(option)
  try {
    return option.parse(asText(word, name), `--${name}`)
  } catch (error) {
    if (error instanceof UsageError) error.item = item
    throw error
  }
}

const asList = (written: unknown): unknown[] =>
  written === undefined || written === null ? [] : Array.isArray(written) ? written : [written]

function asText(written: unknown, name: string): string {
  if (typeof written === 'string') return written
  if (typeof written === 'number' && Number.isFinite(written)) return String(written)
  throw new UsageError(`--${name} takes one text, not ${JSON.stringify(written)}`)
}

/** Refuses words that no group knows, with the nearest that it does. */
export function refuseUnknown(groups: readonly OptionGroup[], given: Given, others: readonly string[] = []): void {
  const known = [...groups.flatMap(group => Object.keys(group.options)), ...others]
  for (const key of Object.keys(given))
    if (!known.includes(key))
      throw new UsageError(`there is no option ${JSON.stringify(key)}${didYouMean(key, known)}`, key)
}

/** The words that were written, by long name; `false` for a switch is not given. */
export function givenWords(groups: readonly OptionGroup[], given: Given): GivenWords {
  const words: GivenWords = {}
  for (const [key, option] of groups.flatMap(group => Object.entries(group.options))) {
    const written = given[key]
    const name = longName(option)
    if (written === undefined || written === null || (option.kind === 'switch' && written === false)) continue
    if (option.kind === 'list') {
      const all = asList(written).map(String)
      if (all.length > 0) words[name] = all
    } else if (written === false) words[`no-${name}`] = true
    else words[name] = written === true ? true : String(written)
  }
  return words
}

// Where an option has a meaning. An option that would be ignored is refused instead.
import { UsageError } from './errors.ts'
import { longName, type Option, type OptionGroup } from './option.ts'
import type { GivenWords, Pattern, Transport } from './run-config.ts'

// An echo needs both directions on one connection.
const CARRIES: Record<Pattern, readonly Transport[]> = {
  echo: ['ws'],
  publish: ['ws', 'sse', 'poll'],
  listen: ['ws', 'sse', 'poll'],
  idle: ['ws', 'sse', 'poll'],
}

export interface Chosen {
  given: GivenWords
  pattern: Pattern
}

const givenOptions = (groups: readonly OptionGroup[], given: GivenWords) =>
  groups.flatMap(group => Object.values(group.options)).filter(option => longName(option) in given)

/** Refuses options that the pattern would ignore. */
export function refuseForPattern(groups: readonly OptionGroup[], { given, pattern }: Chosen): void {
  for (const option of givenOptions(groups, given))
    if (option.patterns !== undefined && !option.patterns.includes(pattern))
      throw noMeaning(option, `--pattern ${pattern}`, option.patterns)
}

/** Refuses a pattern the transport cannot carry, and options it would ignore. */
export function refuseForTransport(
  groups: readonly OptionGroup[],
  { given, pattern }: Chosen,
  transport: Transport,
): void {
  if (!CARRIES[pattern].includes(transport))
    throw new UsageError(
      `--pattern ${pattern} needs a connection that carries both directions, not ${transport}: write a ws:// URL, or --pattern publish or listen`,
      'pattern',
    )
  for (const option of givenOptions(groups, given))
    if (option.transports !== undefined && !option.transports.includes(transport))
      throw noMeaning(option, `--transport ${transport}`, option.transports)
}

function noMeaning(option: Option, with_: string, only: readonly string[]): UsageError {
  const instead = option.instead === undefined ? '' : `; ${option.instead}`
  const name = longName(option)
  return new UsageError(`--${name} has no meaning with ${with_}, only with ${only.join(' and ')}${instead}`, name)
}

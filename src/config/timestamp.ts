import { UsageError } from './errors.ts'
import { type Parse, quote } from './units.ts'

/** `json:ts`: the field `ts` of each message is its emission time. */
export const parseTimestamp: Parse<{ kind: 'json'; key: string }> = (text, flag) => {
  const [, key] = /^json:(\S+)$/.exec(text) ?? []
  if (key === undefined) throw new UsageError(`${flag} ${quote(text)} is not a place of a time stamp: write json:ts`)
  return { kind: 'json', key }
}

import { UsageError } from './errors.ts'
import type { ValuesOf } from './option.ts'
import type { shard } from './options/shard.ts'
import type { LoadConfig } from './run-config.ts'
import { type Parse, quote } from './units.ts'

/** `3/10`: the third of ten parts. The index in the configuration counts from zero. */
export const parseShard: Parse<{ index: number; count: number }> = (text, flag) => {
  const [, part, parts] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []
  const index = Number(part) - 1
  const count = Number(parts)
  if (!(count >= 1 && index >= 0 && index < count))
    throw new UsageError(`${flag} ${quote(text)} is not a shard: write 1/10 to 10/10`)
  return { index, count }
}

/** A moment with its date, time and zone (RFC 3339), e.g. `2026-11-22T12:00:00Z`. */
export const parseMoment: Parse<string> = (text, flag) => {
  const form = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/
  if (!form.test(text) || Number.isNaN(Date.parse(text)))
    throw new UsageError(`${flag} ${quote(text)} is not a moment: write 2026-11-22T12:00:00Z`)
  return new Date(text).toISOString()
}

/** The name that parts of one run share. */
export const parseRunId: Parse<string> = (text, flag) => {
  if (!/^[\w.:-]{1,64}$/.test(text))
    throw new UsageError(`${flag} ${quote(text)} is not a run id: up to 64 letters, digits, dots, dashes`)
  return text
}

/** The part of a run that this process does; null where it does all of it. */
export function resolveShard(values: ValuesOf<typeof shard>, connections: number): LoadConfig['shard'] {
  const { shard: part, startAt, runId } = values
  if (part === undefined) {
    const alone = startAt === undefined ? (runId === undefined ? null : 'run-id') : 'start-at'
    if (alone !== null) throw new UsageError(`--${alone} has no meaning without --shard 1/10`, alone)
    return null
  }
  if (runId === undefined)
    throw new UsageError('--shard needs --run-id NAME: the same for all parts, so that only they are merged', 'shard')
  if (part.count > connections)
    throw new UsageError(`--shard: ${connections} connections cannot be divided over ${part.count} parts`, 'shard')
  return { ...part, runId, startAt: startAt ?? null }
}

// Numbers with units, as written in options, scenario files and thresholds. `flag` names the option in the error.
import { UsageError } from './errors.ts'

export type Parse<Value> = (text: string, flag: string) => Value

const MS = { us: 0.001, µs: 0.001, ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 }
const BYTES = { B: 1, kB: 1e3, KB: 1e3, KiB: 1024, MB: 1e6, MiB: 1024 ** 2, GB: 1e9, GiB: 1024 ** 3 }
const MULTIPLE: Record<string, number> = { '': 1, k: 1e3, K: 1e3, m: 1e6, M: 1e6 }
const PER: Record<string, number> = { s: 1, m: 60, min: 60, h: 3600 }

// A Node timer holds 2^31 - 1 ms: 24.8 days.
const LONGEST_MS = 24 * MS.d
const NUMBER = String.raw`\d+(?:\.\d+)?|\.\d+`
const isBareNumber = (text: string) => new RegExp(`^(?:${NUMBER})$`).test(text)

/** Milliseconds of `500ms`, `30s`, `1m30s`, `1h`; null where the text is no duration. */
export function durationMs(text: string): number | null {
  if (!new RegExp(`^(?:(?:${NUMBER})(?:us|µs|ms|s|min|m|h|d))+$`).test(text)) return null
  let sum = 0
  for (const [, amount, unit] of text.matchAll(new RegExp(`(${NUMBER})(us|µs|ms|s|min|m|h|d)`, 'g')))
    sum += Number(amount) * MS[unit as keyof typeof MS]
  return sum
}

export const parseDurationOrZero: Parse<number> = (text, flag) => {
  const ms = durationMs(text)
  if (ms === null && isBareNumber(text))
    throw new UsageError(`${flag} ${text} has no unit: write ${text}s, 500ms or 2m`)
  if (ms === null) throw new UsageError(`${flag} ${quote(text)} is not a duration: write 500ms, 30s, 5m or 1h`)
  if (ms > LONGEST_MS) throw new UsageError(`${flag} ${text} is too long: at most 24d`)
  return ms
}

export const parseDuration: Parse<number> = (text, flag) => {
  const ms = parseDurationOrZero(text, flag)
  if (ms === 0) throw new UsageError(`${flag} ${text} must be longer than zero`)
  return ms
}

/** Bytes of `10B`, `64KiB`, `1MB`; null where the text is no size. */
export function sizeBytes(text: string): number | null {
  const [, amount, unit] = new RegExp(`^(${NUMBER})(B|[kKMG]B|[KMG]iB)$`).exec(text) ?? []
  return amount === undefined ? null : Number(amount) * BYTES[unit as keyof typeof BYTES]
}

export const parseSize: Parse<number> = (text, flag) => {
  const bytes = sizeBytes(text)
  if (bytes === null && isBareNumber(text))
    throw new UsageError(`${flag} ${text} has no unit: write ${text}B, 64KiB or 1MB`)
  if (bytes === null || !Number.isInteger(bytes))
    throw new UsageError(`${flag} ${quote(text)} is not a size: write 10B, 64KiB or 1MB`)
  if (bytes > BYTES.GiB) throw new UsageError(`${flag} ${text} is too large: at most 1GiB`)
  return bytes
}

/** A plain number or one with k or M; null where the text is neither. */
export function plainNumber(text: string): number | null {
  const [, amount, suffix = ''] = new RegExp(`^(${NUMBER})([kKmM]?)$`).exec(text) ?? []
  return amount === undefined ? null : Number(amount) * MULTIPLE[suffix]!
}

/** A whole number of things, at least one: `200`, `10k`, `1M`. */
export const parseCount: Parse<number> = (text, flag) => {
  const count = plainNumber(text)
  if (count === null || !Number.isInteger(count))
    throw new UsageError(`${flag} ${quote(text)} is not a count: write 200, 10k or 1M`)
  if (count < 1) throw new UsageError(`${flag} ${text} must be at least 1`)
  if (count > 1e8) throw new UsageError(`${flag} ${text} is too many: at most 100M`)
  return count
}

/** Events per second of `500/s`, `10k/s`, `30/m`; a bare number counts per second. Null where the text is no rate. */
export function perSecond(text: string): number | null {
  const [, amount, per = 's'] = /^(.+?)(?:\/(s|m|min|h))?$/.exec(text) ?? []
  const number = amount === undefined ? null : plainNumber(amount)
  return number === null ? null : number / PER[per]!
}

export const parseRate: Parse<number> = (text, flag) => {
  const rate = perSecond(text)
  if (rate === null) throw new UsageError(`${flag} ${quote(text)} is not a rate: write 500/s, 10k/s or 30/m`)
  if (rate === 0) throw new UsageError(`${flag} ${text} must be more than zero`)
  return rate
}

/** An integer a seeded generator can start from. */
export const parseSeed: Parse<number> = (text, flag) => {
  if (!/^\d{1,10}$/.test(text) || Number(text) > 0xffffffff)
    throw new UsageError(`${flag} ${quote(text)} is not a seed: write a whole number from 0 to 4294967295`)
  return Number(text)
}

/** One of a few words. */
export function oneOf<const Words extends readonly string[]>(words: Words): Parse<Words[number]> {
  return (text, flag) => {
    if (!words.includes(text)) throw new UsageError(`${flag} ${quote(text)} is unknown: write ${listing(words)}`)
    return text
  }
}

/** Any text that is not empty. */
export const parseText: Parse<string> = (text, flag) => {
  if (text === '') throw new UsageError(`${flag} is empty`)
  return text
}

/** A user's own words in an error: quoted, shortened, control characters escaped. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 120 ? `${text.slice(0, 117)}...` : text)
}

const listing = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

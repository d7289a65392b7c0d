// How values and a peer's strings become readable text: the only place, so that every reporter says a number alike.

// Control characters, invisible format characters (bidi marks, zero width, tags), lone surrogates, private use, what
// Unicode never assigns (two of them are illegal in XML), and the two Unicode line ends: all that can move a cursor, hide
// text or turn its direction.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu

function escapeUnprintable(character: string): string {
  const code = character.codePointAt(0)!
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`
}

/**
 * One line that cannot act on a terminal: what is not printable is shown as an escape; cut at `most` characters.
 * `##[` is escaped too, which GitHub Actions takes for a command anywhere in a line.
 */
export function plainLine(text: string, most = 400): string {
  return cut(text, most).replace(UNPRINTABLE, escapeUnprintable).replaceAll('##[', '\\x23#[')
}

/** At most so many characters of a text, with a mark where the rest was. */
export function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text
}

/** The same value, its texts and names cut. */
export function shortTexts(value: unknown, most: number): unknown {
  if (typeof value === 'string') return cut(value, most)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(inner => shortTexts(inner, most))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [cut(key, most), shortTexts(inner, most)]))
}

/** A line for a log that GitHub Actions reads: there `::` at the start, spaces or not, would be a workflow command. */
export function inertStart(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1\\x3a')
}

/** JSON that is the same value to a parser and inert on a terminal: C1, bidi and invisible characters as \u escapes. */
export function plainJson(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, null, indent)
  const escapeUnits = (character: string) =>
    character.replace(/[^]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return text
    .replace(UNPRINTABLE, character => (character === '\n' ? character : escapeUnits(character)))
    .replaceAll('##[', '\\u0023#[')
}

/** 1234567 → 1,234,567 */
export function formatCount(count: number): string {
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Three significant digits without an exponent; whole numbers keep theirs. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return formatCount(value)
  return String(Number(value.toPrecision(3)))
}

/** A time of `ms` milliseconds: 12 µs, 1.23 ms, 12.3 ms, 123 ms, 1.23 s, 2 min 5 s, 1 h 4 min. */
export function formatMs(ms: number): string {
  if (!Number.isFinite(ms)) return String(ms)
  if (ms < 0) return `-${formatMs(-ms)}`
  if (ms === 0) return '0 ms'
  if (ms < 0.9995) return `${Number((ms * 1000).toPrecision(3))} µs`
  if (ms < 999.5) return `${threeDigits(ms)} ms`
  if (ms < 59_950) return `${threeDigits(ms / 1000)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return joined(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  return joined(Math.floor(seconds / 3600), 'h', Math.floor((seconds % 3600) / 60), 'min')
}

function threeDigits(value: number): string {
  return String(Number(value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)))
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}

/** 512 B, 1.5 KiB, 23.4 MiB */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let at = 0
  let value = bytes
  while (Math.abs(value) >= 1023.5 && at < units.length - 1) {
    value /= 1024
    at += 1
  }
  return `${formatNumber(value)} ${units[at]}`
}

/** A share of 1 in percent; only what is exactly all or nothing is called 100 % or 0 %. */
export function formatShare(share: number): string {
  const percent = share * 100
  if (share > 0 && percent < 0.01) return '< 0.01 %'
  if (share < 1 && percent >= 99.995) return '> 99.99 %'
  const decimals = percent < 1 || percent > 99 ? 2 : 1
  return `${Number(percent.toFixed(decimals))} %`
}

/** 12,345/s */
export function formatRate(perSecond: number): string {
  return `${formatNumber(perSecond)}/s`
}

/** A count with its noun: 1 connection, 2 connections. */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

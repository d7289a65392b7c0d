import type { Report } from './report.ts'
import { plainLine } from './text.ts'

type Json = Record<string, unknown>
const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {})
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

// Words about where the result went, not about the run.
const OF_THE_OUTPUT = new Set(['output', 'format', 'json', 'quiet', 'progress', 'no-progress', 'seed'])

/** A line for the shell that asks for this run again. What was redacted stays so and has to be filled in. */
export function rerunCommand({ config, kind }: Report): string {
  const { file, step } = record(config.scenario)
  if (typeof file === 'string' && typeof step === 'string')
    return `npx rtbench run ${quoted(file)} --step ${quoted(step)}`
  const words = ['npx', 'rtbench', kind]
  for (const target of list(config.targets ?? config.target).map(record))
    if (typeof target.url === 'string' && target.embedded !== true) words.push(quoted(target.url))
  for (const [name, value] of Object.entries(record(config.given)))
    if (/^[a-z][a-z-]*$/.test(name) && !OF_THE_OUTPUT.has(name))
      for (const word of list(value)) words.push(`--${name}${word === true ? '' : ` ${quoted(String(word))}`}`)
  if (typeof config.seed === 'number') words.push(`--seed ${config.seed}`)
  return words.join(' ')
}

function quoted(word: string): string {
  const plain = plainLine(word)
  return /^[\w@%+=:,./-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", String.raw`'\''`)}'`
}

import type { Check } from '../checks/check.ts'
import { explainCheck } from './explain-check.ts'
import type { Thing } from './kinds.ts'
import { wrap } from './wrap.ts'

const INDENT = '    '
const FIRST = ['level', 'spec', 'says', 'why', 'fix']

/** Everything a unit says about itself in words; its functions and data tables stay inside. */
export function explainText({ kind, id, title, unit }: Thing): string {
  if (kind === 'checks') return explainCheck(id, unit as unknown as Check<never>)
  const keys = Object.keys(unit).filter(key => key !== 'title')
  keys.sort((a, b) => rank(a) - rank(b))
  const parts = keys.flatMap(key => {
    const text = inWords(unit[key])
    return text === null ? [] : [`  ${words(key)}\n${wrap(text, INDENT)}`]
  })
  return `${id} (${kind})\n${wrap(title, '  ')}\n${parts.length > 0 ? `\n${parts.join('\n')}\n` : ''}`
}

const rank = (key: string) => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length)

/** `giveUp` → `give up`. */
const words = (key: string) => key.replaceAll(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)

function inWords(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'object' || value === null) return null
  if (Array.isArray(value)) {
    const all = value.map(inWords)
    return all.length > 0 && all.every(part => part !== null) ? all.join(', ') : null
  }
  const entries = Object.entries(value).flatMap(([key, part]) => {
    const text = typeof part === 'function' ? '' : inWords(part)
    return text === null ? [] : [text === '' ? key : `${words(key)}: ${text}`]
  })
  return entries.length > 0 ? entries.join('\n') : null
}

import type { ArrivedEvent } from '../client/decoded-events.ts'

// Names under which endpoints number their messages.
const NAMES = ['seq', 'sequence', 'offset', 'n', 'id']

/** The number that an event bears: its id, a field of its JSON, or what its data begin with; null: none. */
export function eventNumber({ id, data }: ArrivedEvent): number | null {
  if (/^\d{1,15}$/.test(id)) return Number(id)
  const leading = /^(\d{1,15})\b/.exec(data)?.[1]
  if (leading !== undefined) return Number(leading)
  if (!data.startsWith('{')) return null
  // The number stands early; a large message is not parsed for it.
  const field = new RegExp(`"(?:${NAMES.join('|')})"\\s*:\\s*(\\d{1,15})\\b`).exec(data.slice(0, 2000))?.[1]
  return field === undefined ? null : Number(field)
}

/** How many numbers are left out between the first and the last event; null where they are not numbered one by one. */
export function missingNumbers(events: readonly ArrivedEvent[]): number | null {
  const numbers = events.map(eventNumber)
  if (numbers.length < 3 || numbers.includes(null)) return null
  const steps = numbers.slice(1).map((number, index) => number! - numbers[index]!)
  if (steps.some(step => step < 1)) return null
  const single = steps.filter(step => step === 1).length
  return single < steps.length / 2 ? null : steps.reduce((sum, step) => sum + step - 1, 0)
}

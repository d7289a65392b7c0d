import { UsageError } from '../config/errors.ts'
import type { ProcessWorld } from '../world/process.ts'

/** Where --wire goes: a file that is written at the end, `-` for stderr at once, nowhere. */
export function openWire(
  asked: unknown,
  world: Pick<ProcessWorld, 'err' | 'writeText' | 'whyNotWritable'>,
): { add(text: string): void; close(): void } {
  if (typeof asked !== 'string') return { add: () => {}, close: () => {} }
  if (asked === '-') return { add: text => world.err(text), close: () => {} }
  const reason = world.whyNotWritable(asked)
  if (reason !== null) throw new UsageError(`--wire ${JSON.stringify(asked)} cannot be written: ${reason}`, 'wire')
  const parts: string[] = []
  return { add: text => parts.push(text), close: () => world.writeText(asked, parts.join('')) }
}

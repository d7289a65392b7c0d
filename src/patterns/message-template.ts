import type { MessageConfig } from '../config/run-config.ts'
import { MARK_BYTES } from '../measure/mark.ts'

/** A message ready to be sent again and again: only the mark's bytes change. */
export interface MessageTemplate {
  bytes: Buffer
  /** Where the mark goes; -1: the message carries none and its answers are matched in order. */
  markAt: number
}

const SLOT = '{{mark}}'

/** The bytes of every message of a run. */
export function messageTemplate(message: MessageConfig): MessageTemplate {
  if (message.text === null) {
    const bytes = Buffer.alloc(Math.max(message.size, MARK_BYTES), '.')
    return { bytes, markAt: 0 }
  }
  const slot = message.text.indexOf(SLOT)
  if (slot === -1) return { bytes: padded(Buffer.from(message.text, 'utf8'), message.size), markAt: -1 }
  const before = Buffer.from(message.text.slice(0, slot), 'utf8')
  const after = Buffer.from(message.text.slice(slot + SLOT.length).replaceAll(SLOT, ''), 'utf8')
  const bytes = Buffer.concat([before, Buffer.alloc(MARK_BYTES, '.'), after])
  return { bytes: padded(bytes, message.size), markAt: before.length }
}

const padded = (bytes: Buffer, size: number): Buffer =>
  bytes.length >= size ? bytes : Buffer.concat([bytes, Buffer.alloc(size - bytes.length, ' ')])

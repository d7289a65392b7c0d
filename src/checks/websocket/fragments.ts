import { OPCODE } from '../../protocol/websocket/opcode.ts'
import type { OutgoingFrame } from '../../wire/websocket-peer.ts'
import type { Message } from './echo.ts'

/** The message in frames of so many octets each, or cut at those offsets; equal offsets make empty fragments. */
export function fragments({ opcode, payload }: Message, cut: number | readonly number[]): OutgoingFrame[] {
  const cuts = typeof cut === 'number' ? everyOctets(payload.length, cut) : cut
  return [...cuts, payload.length].map((end, index) => ({
    opcode: index === 0 ? opcode : OPCODE.continuation,
    fin: index === cuts.length,
    payload: payload.subarray(cuts[index - 1] ?? 0, end),
  }))
}

const everyOctets = (length: number, step: number) =>
  Array.from({ length: Math.max(0, Math.ceil(length / step) - 1) }, (_, index) => (index + 1) * step)

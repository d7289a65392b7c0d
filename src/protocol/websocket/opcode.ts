/** Frame opcodes of RFC 6455 §5.2; the values not named here are reserved. */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

/** Control frames (8 to 15) may come between the fragments of a message. */
export function isControlOpcode(opcode: number): boolean {
  return opcode >= 8
}

/** Opcodes 3–7 and 11–15 must not appear unless an extension defines them. */
export function isReservedOpcode(opcode: number): boolean {
  return (opcode > 2 && opcode < 8) || opcode > 10
}

import { OPCODE } from './opcode.ts'

/**
 * What a client must fail in the two fixed octets of a server's frame (RFC 6455 §5.1–5.5), or null. `messageOpen`: a
 * fragmented message has begun. `rsv1Allowed`: permessage-deflate was negotiated.
 */
export function serverHeaderFault(
  first: number,
  second: number,
  messageOpen: boolean,
  rsv1Allowed: boolean,
): string | null {
  const opcode = first & 0x0f
  const startsMessage = opcode === OPCODE.text || opcode === OPCODE.binary
  if ((first & 0x30) !== 0) return 'reserved bit set'
  // RFC 7692 §6: only the first frame of a data message may carry RSV1.
  if ((first & 0x40) !== 0 && !(rsv1Allowed && startsMessage)) return 'reserved bit 1 set'
  if (opcode > OPCODE.pong || (opcode > OPCODE.binary && opcode < OPCODE.close)) return `reserved opcode ${opcode}`
  if (second >= 0x80) return 'masked frame from the server'
  if (opcode >= OPCODE.close) {
    if (first < 0x80) return 'fragmented control frame'
    return second > 125 ? 'control frame over 125 bytes' : null
  }
  if (startsMessage) return messageOpen ? 'new message inside a fragmented message' : null
  return messageOpen ? null : 'continuation without a message to continue'
}

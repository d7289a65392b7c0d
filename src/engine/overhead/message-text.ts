import { randomBytes } from 'node:crypto'

/** Numbered messages of one size, found again wherever an endpoint wraps them. */
export interface MessageText {
  of(number: number): string
  /** The numbers of the messages in these octets. */
  findIn(buffer: Buffer, start: number, end: number): number[]
}

export function messageText(bytes: number): MessageText {
  const tag = randomBytes(4).toString('hex')
  const pattern = new RegExp(`rt${tag}:(\\d{1,7});`, 'g')
  return {
    of: number => `rt${tag}:${number};`.padEnd(bytes, 'x'),
    findIn: (buffer, start, end) =>
      [...buffer.toString('latin1', start, end).matchAll(pattern)].map(match => Number(match[1])),
  }
}

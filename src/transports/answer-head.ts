import { type BodyFraming, responseBodyFraming } from '../protocol/http1/body-framing.ts'
import { headerHasToken, type ResponseHead } from '../protocol/http1/head.ts'

/** The head of an answer to a GET with what follows from it. */
export interface AnswerHead {
  head: ResponseHead
  framing: BodyFraming
  /** The server is going to close the connection after this answer. */
  closes: boolean
}

export const answerHead = (head: ResponseHead): AnswerHead => ({
  head,
  framing: responseBodyFraming(head, 'GET'),
  closes: headerHasToken(head, 'connection', 'close'),
})

const KEPT_BYTES = 2048

/**
 * The head that was read last, by any connection of the worker. Servers repeat theirs byte for byte (but for the second
 * in Date), and to compare is a tenth of the work of parsing.
 */
export class LastHead {
  private readonly bytes = Buffer.allocUnsafeSlow(KEPT_BYTES)
  private length = 0
  private answer: AnswerHead | null = null

  /** The head at `start` where it is the same again. */
  at(buffer: Buffer, start: number, end: number): AnswerHead | null {
    const { length, bytes } = this
    if (length === 0 || end - start < length) return null
    return buffer.compare(bytes, 0, length, start, start + length) === 0 ? this.answer : null
  }

  keep(buffer: Buffer, start: number, end: number, answer: AnswerHead): void {
    this.length = end - start > KEPT_BYTES ? 0 : end - start
    buffer.copy(this.bytes, 0, start, start + this.length)
    this.answer = answer
  }
}

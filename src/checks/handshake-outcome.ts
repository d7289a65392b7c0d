import type { UpgradeRequest } from '../protocol/websocket/handshake-request.ts'
import { describeAnswer } from '../wire/describe-received.ts'
import type { Answer } from '../wire/http-answer.ts'
import { answerStatus, type Sending, type WebSocketServer } from '../wire/websocket-server.ts'
import { tryCases } from './cases.ts'
import { fail, pass, type Verdict, warn } from './verdict.ts'

/** A handshake that differs from the usual one, and how. */
export interface HandshakeCase {
  name: string
  change: Partial<UpgradeRequest>
  sending?: Sending
}

/** What is worth knowing of an answer that refuses or opens. */
const TELLING = ['Location', 'Allow', 'Upgrade', 'Sec-WebSocket-Version', 'WWW-Authenticate', 'Retry-After']

export const describeHandshake = (answer: Answer): string => describeAnswer(answer, TELLING)

/** A legal request must be answered with 101. */
export function judgeOpened(answer: Answer): Verdict {
  const observed = describeHandshake(answer)
  return answerStatus(answer) === 101 ? pass(observed) : fail('101', observed)
}

/**
 * A request that RFC 6455 §4.2.1 forbids must get "an HTTP response with an appropriate error code (such as 400 Bad
 * Request)". A 5xx tells the wrong story, but refuses.
 */
export function judgeError(answer: Answer): Verdict {
  const status = answerStatus(answer)
  const observed = describeHandshake(answer)
  if (status === null || status < 400) return fail('an HTTP error such as 400', observed)
  return status >= 500 ? warn('a 4xx: the client is to blame, not the server', observed) : pass(observed)
}

/** A request that HTTP itself forbids must get 400 (RFC 9112 §3.2, §5.1). Another error refuses for another reason. */
export function judgeBadRequest(answer: Answer): Verdict {
  const status = answerStatus(answer)
  const observed = describeHandshake(answer)
  if (status === null || status < 400) return fail('400', observed)
  return status === 400 ? pass(observed) : warn('400', observed)
}

/** A request that does not ask for a WebSocket may get any response but 101. */
export function judgeNotOpened(answer: Answer): Verdict {
  const status = answerStatus(answer)
  const observed = describeHandshake(answer)
  return status === null || status === 101 ? fail('an HTTP response other than 101', observed) : pass(observed)
}

/** Makes each handshake on a connection of its own and judges the answers. */
export function tryHandshakes(
  server: WebSocketServer,
  cases: readonly HandshakeCase[],
  judge: (answer: Answer) => Verdict,
): Promise<Verdict> {
  return tryCases(cases, async ({ change, sending }) => judge((await server.upgrade(change, sending)).answer))
}

/** The lines in the place of one header, by its lower-case name. */
export const lines = (name: string, ...verbatim: string[]): Partial<UpgradeRequest> => ({
  replace: { [name]: verbatim },
})

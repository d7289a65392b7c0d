import { encodeClosePayload, parseClosePayload } from '../../protocol/websocket/close-code.ts'
import type { Frame } from '../../protocol/websocket/frame-reader.ts'
import { OPCODE } from '../../protocol/websocket/opcode.ts'
import type { WebSocketServer } from '../../wire/websocket-server.ts'
import { tryCases } from '../cases.ts'
import { fail, pass, type Verdict, warn } from '../verdict.ts'
import { awaitFailure, type Outcome } from '../websocket-outcome.ts'

/** A payload of a Close frame, legal or not. */
export interface CloseCase {
  name: string
  payload: Buffer
}

export const closeWith = (code: number, reason: string | Uint8Array = ''): CloseCase => ({
  name: `${code}${reason.length === 0 ? '' : ` with a reason of ${reason.length} bytes`}`,
  payload: encodeClosePayload(code, reason),
})

/** Sends this Close on a new connection and waits for what comes of it. */
export async function closing(server: WebSocketServer, payload: Buffer): Promise<Outcome> {
  const socket = await server.connect()
  socket.send({ opcode: OPCODE.close, payload })
  return awaitFailure(server, socket, { probe: false })
}

/** Each of these closes must be answered by a legal Close; `usual` says which answers are the usual ones. */
export function tryLegalCloses(
  server: WebSocketServer,
  cases: readonly CloseCase[],
  usual: (answer: number, one: CloseCase) => boolean,
): Promise<Verdict> {
  return tryCases(cases, async one => judgeLegalClose(await closing(server, one.payload), code => usual(code, one)))
}

/** A Close must come, with what a Close may carry. */
export function judgeLegalClose(outcome: Outcome, usual: (code: number) => boolean): Verdict {
  const { close, code, observed } = outcome
  if (close === null) return fail('a Close frame', observed)
  const fault = payloadFault(close)
  if (fault !== null) return fail(fault, observed)
  return usual(code!) ? pass(observed) : warn('a Close that confirms: the same code or 1000', observed)
}

/**
 * The connection must fail. Answering with the same illegal payload is the server's own offence; a Close that confirms
 * takes an illegal close for a legal one, which no sentence forbids the receiver in so many words.
 */
export function judgeIllegalClose(outcome: Outcome, codes: readonly number[]): Verdict {
  const { close, code, observed } = outcome
  const expected = `Close ${codes.join(' or ')}, or the connection ended`
  if (!outcome.failed) return fail(expected, observed)
  if (close === null || (code !== null && codes.includes(code))) return pass(observed)
  return payloadFault(close) === null ? warn(expected, observed) : fail(expected, observed)
}

function payloadFault({ payload }: Frame): string | null {
  const close = parseClosePayload(payload)
  if (close.kind === 'one-byte') return 'a Close payload of no byte or at least two'
  if (close.kind === 'empty') return null
  if (!close.wireLegal) return 'a close code that may be sent'
  return close.kind === 'invalid-utf8' ? 'a close reason in UTF-8' : null
}

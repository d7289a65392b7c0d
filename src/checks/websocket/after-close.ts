import { encodeClosePayload } from '../../protocol/websocket/close-code.ts'
import type { Frame } from '../../protocol/websocket/frame-reader.ts'
import { OPCODE } from '../../protocol/websocket/opcode.ts'
import { describeFrame } from '../../wire/describe-received.ts'
import { maskedFrames, type OutgoingFrame } from '../../wire/websocket-peer.ts'
import type { WebSocketServer } from '../../wire/websocket-server.ts'
import type { Verdict } from '../verdict.ts'
import { awaitFailure } from '../websocket-outcome.ts'
import { judgeLegalClose } from './closing.ts'

/** Sends a Close and a frame after it in one segment; `offends` says what is wrong with a frame that comes back. */
export async function afterClose(
  server: WebSocketServer,
  frame: OutgoingFrame,
  offends: (answer: Frame) => { kind: 'fail' | 'warn'; expected: string } | false,
): Promise<Verdict> {
  const socket = await server.connect()
  const close = { opcode: OPCODE.close, payload: encodeClosePayload(1000) }
  socket.sendBytes(maskedFrames([close, frame]))
  const outcome = await awaitFailure(server, socket, { probe: false, sent: [frame.payload ?? new Uint8Array()] })
  for (;;) {
    const received = await socket.next(server.quietMs)
    if (received.kind !== 'frame') break
    outcome.answered.push(received.frame)
  }
  for (const answer of outcome.answered) {
    const offence = offends(answer)
    if (offence !== false) return { ...offence, observed: describeFrame(answer) }
  }
  return judgeLegalClose(outcome, code => code === 1000 || code === 1005)
}

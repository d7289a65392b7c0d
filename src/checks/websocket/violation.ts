import type { Frame } from '../../protocol/websocket/frame-reader.ts'
import { OPCODE } from '../../protocol/websocket/opcode.ts'
import { maskedFrames, type OutgoingFrame } from '../../wire/websocket-peer.ts'
import type { WebSocketServer } from '../../wire/websocket-server.ts'
import { tryCases } from '../cases.ts'
import type { Verdict } from '../verdict.ts'
import { awaitFailure, judgeFailure, type Outcome } from '../websocket-outcome.ts'
import type { Message } from './echo.ts'

/** Something that a server must not let pass, on a connection of its own. */
export interface Violation {
  name: string
  /** A legal message that goes before; its echo may come or not. */
  before?: Message
  /** In how many frames that one comes; default: one. */
  beforeFrames?: readonly OutgoingFrame[]
  frames: readonly OutgoingFrame[]
  /** Cut into segments of so many octets. */
  split?: number
  /** False where no ping can follow, such as inside an unfinished frame. */
  probe?: boolean
  /** Offered in the handshake. */
  extensions?: string
}

/** A server that so often did nothing within the longest wait will do nothing the next time either. */
const ENOUGH_SILENCES = 2

/** Each violation must fail the connection and be answered by nothing else. */
export function tryViolations(
  server: WebSocketServer,
  cases: readonly Violation[],
  codes: readonly number[],
): Promise<Verdict> {
  let silences = 0
  return tryCases(cases, async one => {
    if (silences >= ENOUGH_SILENCES) return null
    const outcome = await commit(server, one)
    if (outcome.silent) silences += 1
    return judgeFailure(outcome, codes)
  })
}

/** The same where the document binds the sender only and leaves what to do with it unsaid: never more than a warning. */
export async function tryImpliedViolations(
  server: WebSocketServer,
  cases: readonly Violation[],
  codes: readonly number[],
): Promise<Verdict> {
  const verdict = await tryViolations(server, cases, codes)
  return verdict.kind === 'fail' ? { ...verdict, kind: 'warn' } : verdict
}

/** Sends it and waits for what becomes of the connection. */
export async function commit(server: WebSocketServer, violation: Violation): Promise<Outcome> {
  const { before, beforeFrames = before === undefined ? [] : [before], frames, split, probe, extensions } = violation
  const socket = await server.connect(extensions === undefined ? {} : { extensions })
  const bytes = maskedFrames([...beforeFrames, ...frames])
  if (split === undefined) socket.sendBytes(bytes)
  else await socket.peer.sendSplit(bytes, split)
  const sent = frames.map(({ payload = new Uint8Array() }) => payload)
  const outcome = await awaitFailure(server, socket, { sent, ...(probe !== undefined && { probe }) })
  const isEcho = (frame: Frame) => before !== undefined && frame.payload.equals(before.payload)
  return { ...outcome, answered: outcome.answered.filter(frame => frame.opcode === OPCODE.pong || !isEcho(frame)) }
}

/** RSV1, RSV2, RSV3 as one number, RSV1 the highest bit. */
export function reservedBits(value: number): { rsv1: boolean; rsv2: boolean; rsv3: boolean } {
  return { rsv1: (value & 4) !== 0, rsv2: (value & 2) !== 0, rsv3: (value & 1) !== 0 }
}

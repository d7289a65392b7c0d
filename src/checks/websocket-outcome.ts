import { parseClosePayload } from '../protocol/websocket/close-code.ts'
import type { Frame } from '../protocol/websocket/frame-reader.ts'
import { OPCODE } from '../protocol/websocket/opcode.ts'
import type { PipeEnd } from '../wire/byte-pipe.ts'
import { describeEnd, describeFrame } from '../wire/describe-received.ts'
import type { WebSocketPeer } from '../wire/websocket-peer.ts'
import type { WebSocketServer } from '../wire/websocket-server.ts'
import { fail, pass, type Verdict, warn } from './verdict.ts'

/** What a server did after something that it must not let pass. */
export interface Outcome {
  /** The connection was ended, or a Close frame came. */
  failed: boolean
  /** Null: no Close frame; 1005: one without a code. */
  code: number | null
  close: Frame | null
  end: PipeEnd | null
  /** Nothing decided it within the whole time. */
  silent: boolean
  /** Data frames and pongs before that. */
  answered: Frame[]
  observed: string
}

/** A reaction so late cannot be told from none; most servers need under a millisecond. */
const GRACE_MS = 1000
const PROBE = 'rtbench-still-there'
const MOST_SHOWN = 4
const SILENCE = { kind: 'silence' } as const

export interface AwaitFailure {
  /** Default: the server's longest wait. */
  withinMs?: number
  /** False where a ping cannot be sent, such as inside an unfinished frame. */
  probe?: boolean
  /** What was sent: of a server that emits by itself only these, sent back, count as answers. */
  sent?: readonly Uint8Array[]
}

/**
 * Waits for the server to fail the connection. A ping is sent after a second: a server that answers it has not failed
 * the connection, and no further waiting is needed.
 */
export async function awaitFailure(
  server: WebSocketServer,
  socket: WebSocketPeer,
  { withinMs = server.timeoutMs, probe = true, sent = [] }: AwaitFailure = {},
): Promise<Outcome> {
  const { clock, capabilities } = server
  const pushes = capabilities.absent.push === undefined
  const startedAt = clock.now()
  const answered: Frame[] = []
  const seen: string[] = []
  let probing = probe && withinMs > GRACE_MS
  for (;;) {
    const left = startedAt + (probing ? GRACE_MS : withinMs) - clock.now()
    const received = left > 0 ? await socket.next(left) : SILENCE
    if (received.kind === 'silence') {
      if (probing) {
        probing = false
        socket.ping(PROBE)
        continue
      }
      return outcome({ answered, seen: [...seen, `still open after ${withinMs} ms`], silent: true })
    }
    if (received.kind === 'ended') {
      const observed = [...seen, `${describeEnd(received.end)} without a Close frame`]
      return outcome({ answered, seen: observed, end: received.end })
    }
    const { frame } = received
    if (frame.opcode === OPCODE.close) return outcome({ answered, seen: [...seen, describeFrame(frame)], close: frame })
    if (frame.opcode === OPCODE.pong && frame.payload.toString('latin1') === PROBE)
      return outcome({ answered, seen: [...seen, 'the connection stays open: a later ping is answered'] })
    if (seen.length < MOST_SHOWN) seen.push(describeFrame(frame))
    const own = pushes && frame.opcode !== OPCODE.pong && !sent.some(payload => frame.payload.equals(payload))
    if (!own) answered.push(frame)
  }
}

function outcome(seen: { answered: Frame[]; seen: string[]; close?: Frame; end?: PipeEnd; silent?: true }): Outcome {
  const close = seen.close ?? null
  const payload = close === null ? null : parseClosePayload(close.payload)
  return {
    failed: close !== null || seen.end !== undefined,
    code: payload === null ? null : 'code' in payload ? payload.code : 1005,
    close,
    end: seen.end ?? null,
    silent: seen.silent ?? false,
    answered: seen.answered,
    observed: seen.seen.join(', then '),
  }
}

/**
 * The usual judgement: the connection must be failed and nothing answered. A Close with another code than these is a
 * warning; ending without a Close frame is allowed (RFC 6455 §7.1.7) and has a check of its own.
 */
export function judgeFailure(outcome: Outcome, codes: readonly number[]): Verdict {
  const expected = `Close ${codes.join(' or ')}, or the connection ended`
  if (!outcome.failed) return fail(expected, outcome.observed)
  if (outcome.answered.length > 0) return fail(`${expected}, and no answer before`, outcome.observed)
  if (outcome.code !== null && !codes.includes(outcome.code)) return warn(expected, outcome.observed)
  return pass(outcome.observed)
}

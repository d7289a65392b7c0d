import { parseClosePayload } from '../protocol/websocket/close-code.ts'
import type { Frame } from '../protocol/websocket/frame-reader.ts'
import { OPCODE } from '../protocol/websocket/opcode.ts'
import type { PipeEnd } from '../wire/byte-pipe.ts'
import { describeEnd, describeFrame } from '../wire/describe-received.ts'
import type { WebSocketPeer } from '../wire/websocket-peer.ts'
import { fail, pass, type Verdict, warn } from './verdict.ts'

/** What a server did after something that it must not let pass. */
export interface Outcome {
  /** The connection was ended, or a Close frame came. */
  failed: boolean
  /** Null: no Close frame; 1005: one without a code. */
  code: number | null
  close: Frame | null
  end: PipeEnd | null
  /** Data frames and pongs before that. */
  answered: Frame[]
  observed: string
}

/** A reaction so late cannot be told from none; most servers need under a millisecond. */
const GRACE_MS = 1000
const PROBE = 'rtbench-still-there'

/**
 * Waits for the server to fail the connection. A ping is sent after a second of nothing: a server that answers it has
 * not failed the connection, and no further waiting is needed. `probe: false` where a ping cannot be sent, such as
 * inside an unfinished frame.
 */
export async function awaitFailure(socket: WebSocketPeer, withinMs: number, probe = true): Promise<Outcome> {
  const { clock } = socket.peer
  const deadline = clock.now() + withinMs
  const answered: Frame[] = []
  const seen: string[] = []
  let probing = probe
  for (;;) {
    const left = deadline - clock.now()
    const received = await socket.next(probing ? Math.min(left, GRACE_MS) : left)
    if (received.kind === 'silence') {
      if (probing && left > GRACE_MS) {
        probing = false
        socket.ping(PROBE)
        continue
      }
      return outcome({ answered, seen: [...seen, `still open after ${withinMs} ms`] })
    }
    if (received.kind === 'ended') {
      return outcome({
        answered,
        seen: [...seen, `${describeEnd(received.end)} without a Close frame`],
        end: received.end,
      })
    }
    const { frame } = received
    seen.push(describeFrame(frame))
    if (frame.opcode === OPCODE.close) return outcome({ answered, seen, close: frame })
    if (frame.opcode === OPCODE.pong && frame.payload.toString('latin1') === PROBE) {
      return outcome({ answered, seen: [...seen.slice(0, -1), 'the connection stays open: a later ping is answered'] })
    }
    answered.push(frame)
  }
}

function outcome(seen: { answered: Frame[]; seen: string[]; close?: Frame; end?: PipeEnd }): Outcome {
  const close = seen.close ?? null
  const payload = close === null ? null : parseClosePayload(close.payload)
  return {
    failed: close !== null || seen.end !== undefined,
    code: payload === null ? null : 'code' in payload ? payload.code : 1005,
    close,
    end: seen.end ?? null,
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

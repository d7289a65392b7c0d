import { parseClosePayload } from '../../protocol/websocket/close-code.ts'
import { describeReceived } from '../../wire/describe-received.ts'
import { maskedFrames, type ReceivedMessage, type WebSocketPeer } from '../../wire/websocket-peer.ts'
import type { WebSocketServer } from '../../wire/websocket-server.ts'
import { tryCases } from '../cases.ts'
import { fail, pass, type Verdict, warn } from '../verdict.ts'
import { difference, type EchoCase } from './echo.ts'

/** Close codes that say that a limit is reached. */
const LIMIT_CODES: ReadonlySet<number> = new Set([1009, 1008])
const EXPECTED = 'the same message, or Close 1009'

/** A large message comes back octet by octet, or is refused with a Close that says so. Names the first refusal. */
export async function tryLargeEchoes(server: WebSocketServer, cases: readonly EchoCase[]): Promise<Verdict> {
  const refused: string[] = []
  let silent = false
  const verdict = await tryCases(cases, async one => {
    // Each further one would cost a whole timeout.
    if (silent) return null
    const startedAt = server.clock.now()
    const result = await attempt(server, one)
    silent = result.silent
    if (result.refused) refused.push(`${one.name} after ${Math.round(server.clock.now() - startedAt)} ms`)
    return result.verdict
  })
  if (verdict.kind !== 'pass' || refused.length === 0) return verdict
  return pass(`${verdict.observed}, refused with a Close from here on: ${refused[0]}`)
}

interface Attempt {
  verdict: Verdict
  refused: boolean
  silent: boolean
}

async function attempt(server: WebSocketServer, { message, frames, split }: EchoCase): Promise<Attempt> {
  const socket = await server.connect()
  const bytes = maskedFrames(frames ?? [message])
  if (split === undefined) socket.sendBytes(bytes)
  else await socket.peer.sendSplit(bytes, split)
  const received = await whole(socket, server.timeoutMs)
  socket.finish()
  const silent = received.kind === 'silence'
  if (received.kind === 'message') {
    const same = received.opcode === message.opcode && received.payload.equals(message.payload)
    const observed = `${describeReceived(received)}${difference(received.payload, message.payload)}`
    return { verdict: same ? pass() : fail(EXPECTED, observed), refused: false, silent }
  }
  const close = received.kind === 'close' ? parseClosePayload(received.frame.payload) : null
  const refused = close !== null && 'code' in close && LIMIT_CODES.has(close.code)
  return { verdict: refused ? pass() : warn(EXPECTED, describeReceived(received)), refused, silent }
}

/** It may take its time as long as some of it comes. */
async function whole(socket: WebSocketPeer, withinMs: number): Promise<ReceivedMessage> {
  for (;;) {
    const before = socket.peer.receivedBytes
    const received = await socket.message(withinMs)
    if (received.kind !== 'silence' || socket.peer.receivedBytes === before) return received
  }
}

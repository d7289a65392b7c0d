import { describeReceived } from '../../wire/describe-received.ts'
import type { WebSocketPeer } from '../../wire/websocket-peer.ts'
import type { WebSocketServer } from '../../wire/websocket-server.ts'
import { pass, skip, type Verdict, warn } from '../verdict.ts'
import { awaitFailure, judgeFailure, type Outcome } from '../websocket-outcome.ts'

/** Sends the beginning with the bad octet, waits for the connection to fail at once, then sends the rest. */
export async function failsFast(
  server: WebSocketServer,
  beginning: (socket: WebSocketPeer) => void,
  rest: (socket: WebSocketPeer) => void,
): Promise<Verdict> {
  const socket = await server.connect()
  beginning(socket)
  const early = await atOnce(server, socket)
  if (early.failed) {
    const verdict = judgeFailure(early, [1007])
    return verdict.kind === 'pass' ? pass('failed at the bad octet') : verdict
  }
  rest(socket)
  const late = await awaitFailure(server, socket, { probe: false })
  if (!late.failed) return skip('it does not refuse text that is not UTF-8')
  return warn(
    'failed at the bad octet',
    `${describeReceived({ kind: 'silence', ms: server.quietMs, partialBytes: 0 })} of the bad octet; at the end of the message: ${late.observed}`,
  )
}

/** A busy server needs longer than the usual silence: it has had its time when it opens another connection. */
async function atOnce(server: WebSocketServer, socket: WebSocketPeer): Promise<Outcome> {
  const early = await awaitFailure(server, socket, { withinMs: server.quietMs, probe: false })
  if (early.failed) return early
  ;(await server.upgrade()).peer.destroy()
  return awaitFailure(server, socket, { withinMs: 1, probe: false })
}

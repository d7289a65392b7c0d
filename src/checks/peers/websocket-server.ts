import type { RequestHead } from '../../protocol/http1/head.ts'
import type { Frame } from '../../protocol/websocket/frame-reader.ts'
import type { Peer } from '../../wire/peer.ts'
import type { FrameFault } from './frame-fault.ts'
import { type HandshakeFault, handshakeAnswer, type HandshakeRules } from './handshake-answer.ts'
import { encodeResponse, type HttpResponse, readRequest, refusal } from './http-response.ts'
import type { ScriptedServer } from './scripted-server.ts'
import { converse } from './websocket-conversation.ts'
import { type ServerFrame, type WebSocketSide, webSocketSide } from './websocket-side.ts'

/** In what a scripted server differs from the conforming echo server that it otherwise is. */
export interface WebSocketDeviations {
  /** Paths that are served, `/` by default. */
  paths?: readonly string[]
  subprotocols?: readonly string[]
  deflate?: boolean
  origins?: readonly string[]
  /** Faults of the handshake that it does not mind. */
  accepts?: readonly HandshakeFault[]
  /** The last word about the response to a handshake; null: none is sent. */
  respond?: (usual: HttpResponse, request: RequestHead, connection: Peer) => HttpResponse | null
  /** What a head that cannot be parsed gets. */
  malformed?: (connection: Peer) => void
  /** Called when the connection is open, before anything is read. */
  opened?: (side: WebSocketSide, request: RequestHead) => void | Promise<void>
  /** Faults of frames and messages that it does not mind. */
  tolerates?: readonly FrameFault[]
  /** How it fails a connection; default: a Close frame with the fault's code, then FIN. */
  failing?: (side: WebSocketSide, code: number, fault: FrameFault) => void
  /** Sees each frame first; true: dealt with. */
  frame?: (frame: Frame, side: WebSocketSide) => boolean | void
  /** The last word about each frame that it sends. */
  outgoing?: (frame: ServerFrame) => ServerFrame
  /** Instead of the echo. */
  message?: (side: WebSocketSide, opcode: number, payload: Buffer) => void | Promise<void>
  /** Payload of the pong; null: none. */
  pong?: (payload: Buffer) => Buffer | null
  /** Payload of the Close that answers a Close; null: none. */
  closeAnswer?: (payload: Buffer) => Buffer | null
  /** After the closing handshake; default FIN. */
  ending?: (connection: Peer) => void | Promise<void>
  /** Goes on reading and answering after a Close. */
  talksOn?: boolean
  /** Checks UTF-8 with each frame (the default), with the whole message, or not at all ("tolerates utf8"). */
  utf8?: 'frame' | 'message'
  /** Of a frame. */
  maxPayloadBytes?: number
  /** Of a message joined from its frames. */
  maxMessageBytes?: number
}

/** A conforming echo server but for these deviations. A published message goes to every open connection. */
export function webSocketServer(deviations: WebSocketDeviations = {}): ScriptedServer {
  const rules: HandshakeRules = {
    paths: deviations.paths ?? ['/'],
    subprotocols: deviations.subprotocols ?? ['rtbench'],
    deflate: deviations.deflate ?? true,
    origins: deviations.origins ?? null,
    accepts: new Set(deviations.accepts),
  }
  return () => {
    const open = new Set<WebSocketSide>()
    return {
      async accept(connection) {
        const read = await readRequest(connection)
        if (read.kind === 'ended') return
        if (read.kind === 'malformed') {
          if (deviations.malformed !== undefined) deviations.malformed(connection)
          else {
            connection.send(encodeResponse(refusal(400, 'malformed')))
            connection.finish()
          }
          return
        }
        const usual = handshakeAnswer(read.head, rules)
        const response = deviations.respond === undefined ? usual : deviations.respond(usual, read.head, connection)
        if (response === null) return
        connection.send(encodeResponse(response))
        if (response.status !== 101) {
          connection.finish()
          return
        }
        const side = webSocketSide(connection, response, deviations.outgoing ?? (frame => frame))
        open.add(side)
        await deviations.opened?.(side, read.head)
        await converse(side, deviations)
        open.delete(side)
      },
      publish(message) {
        for (const side of open) side.text(message)
      },
    }
  }
}

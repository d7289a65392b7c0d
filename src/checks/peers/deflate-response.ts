import { Deflater } from '../../protocol/websocket/deflate.ts'
import type { ScriptedServer } from './scripted-server.ts'
import { webSocketServer } from './websocket-server.ts'
import type { WebSocketSide } from './websocket-side.ts'
import type { HttpResponse } from './http-response.ts'
import { withHeader } from './http-response.ts'

const NAME = 'Sec-WebSocket-Extensions'

/** Answers the offer of permessage-deflate with these parameters, whatever was offered. */
export const answersDeflate =
  (value: string) =>
  (usual: HttpResponse): HttpResponse =>
    usual.status === 101 ? withHeader(usual, NAME, value) : usual

/** Answers with these parameters and compresses as if none had been agreed: with context takeover and the full window. */
export const keepsWindow = (value: string): ScriptedServer =>
  webSocketServer({
    respond: answersDeflate(value),
    message: (() => {
      const deflater = new Deflater({ contextTakeover: true, windowBits: 15 })
      return (side: WebSocketSide, opcode: number, payload: Buffer) =>
        side.send({ opcode, rsv1: true, payload: deflater.deflate(payload) })
    })(),
  })

/** Opens the connection without the extension. */
export const declinesDeflate = (usual: HttpResponse): HttpResponse => withHeader(usual, NAME)

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { binaryMessage, tryEchoes } from '../../websocket/echo.ts'

const HEADER_BYTES = 14
const message = binaryMessage(Buffer.alloc(65_536, 0xfe))
const offsets = Array.from({ length: HEADER_BYTES }, (_, index) => index + 1)

export default {
  title: 'A frame header may be cut at any octet',
  level: 'must',
  spec: rfc6455(
    '6.2',
    'To receive WebSocket data, an endpoint listens on the underlying network connection.  Incoming data MUST be parsed as WebSocket frames as defined in Section 5.2.',
  ),
  why: 'Segments end where they like: a parser that needs the whole header in one read fails once in a thousand frames.',
  fix: 'Keep an incomplete header and go on with the next read.',
  covers: [{ row: 'ws.fr.header-split' }],
  needs: ['echo'],
  run: server =>
    tryEchoes(server, [
      ...offsets.map(offset => ({ name: `cut after octet ${offset}`, message, split: [offset], pauseMs: 5 })),
      { name: 'cut after each of its octets', message, split: offsets, pauseMs: 5 },
    ]),
  selfTest: {
    passes: { 'puts it together': webSocketServer() },
    fails: {
      'needs a whole header': {
        peer: webSocketServer({
          opened: async side => {
            for (;;) {
              const read = await side.connection.read(60_000)
              if (read.kind !== 'bytes' || read.bytes.length < HEADER_BYTES) return side.connection.reset()
            }
          },
        }),
        says: 'ECONNRESET',
      },
    },
  },
} satisfies WebSocketCheck

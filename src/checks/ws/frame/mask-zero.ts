import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { textMessage, tryEchoes } from '../../websocket/echo.ts'

const message = textMessage('masked with zeros')

export default {
  title: 'A masking key of four zeros is as good as any',
  level: 'must',
  spec: rfc6455('5.3', 'The masking key is a 32-bit value chosen at random by the client.'),
  why: 'One in 2^32 frames has this key: refusing it is a disconnect that nobody can reproduce.',
  fix: 'Decide by the MASK bit alone, never by the key.',
  covers: [{ row: 'ws.fr.mask-zero' }],
  needs: ['echo'],
  run: server =>
    tryEchoes(server, [{ name: 'key 00000000', message, frames: [{ ...message, mask: Buffer.alloc(4) }] }]),
  selfTest: {
    passes: { 'takes it': webSocketServer() },
    fails: {
      'takes it for unmasked': {
        peer: webSocketServer({
          frame: (frame, side) => frame.maskKey?.readUInt32BE() === 0 && (side.close(1002), true),
        }),
        says: 'Close 1002',
      },
    },
  },
} satisfies WebSocketCheck

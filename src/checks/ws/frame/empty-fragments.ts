import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { textMessage, tryEchoes } from '../../websocket/echo.ts'
import { fragments } from '../../websocket/fragments.ts'

const empty = textMessage('')
const middle = textMessage('middle frame payload')

export default {
  title: 'Fragments without payload are fragments',
  level: 'must',
  spec: rfc6455('5.4', 'A sender MAY create fragments of any size for non-control messages.'),
  why: 'A stream is usually ended by an empty final frame; a server that refuses or forgets it hangs or disconnects.',
  fix: 'Treat the size of a fragment as irrelevant; only FIN ends a message.',
  covers: [{ row: 'ws.fr.frag-empty', autobahn: ['6.1.2', '6.1.3'], literally: ['6.1.2', '6.1.3'] }],
  needs: ['echo'],
  run: server =>
    tryEchoes(server, [
      { name: 'three empty ones', message: empty, frames: fragments(empty, [0, 0]) },
      { name: 'empty, payload, empty', message: middle, frames: fragments(middle, [0, 20]) },
      { name: 'payload, empty', message: middle, frames: fragments(middle, [20]) },
    ]),
  selfTest: {
    passes: { 'joins them': webSocketServer() },
    fails: {
      'refuses empty ones that are not final': {
        peer: webSocketServer({
          frame: (frame, side) => !frame.fin && frame.payload.length === 0 && (side.close(1002), true),
        }),
        says: 'Close 1002',
      },
      'forgets an empty message': webSocketServer({
        message: (side, opcode, payload) => (payload.length === 0 ? undefined : side.message(opcode, payload)),
      }),
      'ends at an empty final frame': webSocketServer({
        frame: frame => frame.opcode === OPCODE.continuation && frame.payload.length === 0,
      }),
    },
  },
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { afterClose } from '../../websocket/after-close.ts'
import { textMessage } from '../../websocket/echo.ts'

const late = textMessage('Hello World!')

export default {
  title: 'Data after the Close is not answered',
  level: 'must',
  spec: rfc6455('5.5.1', 'The application MUST NOT send any more data frames after sending a Close frame.'),
  why: 'A message that arrives after the goodbye was sent by a broken client or put there by somebody else.',
  fix: 'Stop reading frames once a Close has come, and send no data after your own.',
  covers: [{ row: 'ws.cl.data-after', autobahn: ['7.1.4'], literally: ['7.1.4'] }],
  needs: ['echo'],
  run: server =>
    afterClose(
      server,
      late,
      frame => frame.payload.equals(late.payload) && { kind: 'fail', expected: 'no echo of what came after the Close' },
    ),
  selfTest: {
    passes: { 'reads no further': webSocketServer() },
    fails: {
      'echoes it': { peer: webSocketServer({ talksOn: true }), says: 'text frame' },
      'drops the connection': webSocketServer({ closeAnswer: () => null }),
    },
  },
} satisfies WebSocketCheck

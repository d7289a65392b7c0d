import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { textMessage, tryEchoes } from '../../websocket/echo.ts'

export default {
  title: 'An empty text is a text',
  level: 'must',
  spec: rfc6455(
    '5.6',
    'Note that a particular text frame might include a partial UTF-8 sequence; however, the whole message MUST contain valid UTF-8.',
  ),
  why: 'An empty text is valid UTF-8 and a message like any other; some servers hold it for the end of the connection.',
  fix: 'Deliver messages of length 0.',
  covers: [{ row: 'ws.u8.empty', autobahn: ['6.1.1'], literally: ['6.1.1'] }],
  needs: ['echo'],
  run: server => tryEchoes(server, [{ name: 'no octet', message: textMessage('') }]),
  selfTest: {
    passes: { 'echoes it': webSocketServer() },
    fails: {
      'drops it': webSocketServer({ message: () => {} }),
      'takes it for the end': { peer: webSocketServer({ message: side => side.close(1000) }), says: 'Close 1000' },
      'answers something': webSocketServer({ message: side => side.text('null') }),
    },
  },
} satisfies WebSocketCheck

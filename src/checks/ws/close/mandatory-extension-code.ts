import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info } from '../../verdict.ts'
import { closing } from '../../websocket/closing.ts'

export default {
  title: 'What a Close 1010 is answered with',
  level: 'info',
  spec: rfc6455(
    '7.4.1',
    "1010 indicates that an endpoint (client) is terminating the connection because it has expected the server to negotiate one or more extension, but the server didn't return them in the response message of the WebSocket handshake.",
  ),
  why: 'Only a client has a reason to send it. A server that echoes it says something that no server means; one that refuses it refuses a legal code.',
  fix: 'Answer with 1000 or with 1010.',
  covers: [{ row: 'ws.cl.1010', autobahn: ['7.7.8'], literally: ['7.7.8'] }],
  run: async server => info((await closing(server, encodeClosePayload(1010))).observed),
  selfTest: {
    infos: {
      'echoes it': { peer: webSocketServer(), says: 'Close 1010' },
      'answers 1000': { peer: webSocketServer({ closeAnswer: () => encodeClosePayload(1000) }), says: 'Close 1000' },
      'never answers': { peer: webSocketServer({ closeAnswer: () => null, ending: () => {} }), says: 'still open' },
    },
  },
} satisfies WebSocketCheck

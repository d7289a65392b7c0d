import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { answersDeflate } from '../../peers/deflate-response.ts'
import { tryRefusedOffers } from '../../websocket/deflate-refusal.ts'

const offers = [
  'server_no_context_takeover; server_no_context_takeover',
  'server_max_window_bits=10; server_max_window_bits=12',
  'client_max_window_bits; client_max_window_bits=10',
]

export default {
  title: 'An offer with a parameter twice is declined',
  level: 'must',
  spec: rfc7692(
    '7',
    'A server MUST decline an extension negotiation offer for this extension if any of the following conditions are met: […] The negotiation offer contains multiple extension parameters with the same name.',
  ),
  why: 'Two values for one window: each side takes another one.',
  fix: 'Decline offers in which a name stands twice.',
  covers: [{ row: 'ws.pmd.bad-dup' }],
  needs: ['deflate'],
  run: server => tryRefusedOffers(server, offers),
  selfTest: {
    passes: { 'declines them': webSocketServer() },
    warns: {
      'answers 400': { peer: webSocketServer({ respond: usual => ({ ...usual, status: 400 }) }), says: 'HTTP/1.1 400' },
    },
    fails: {
      'accepts them': {
        peer: webSocketServer({ respond: answersDeflate('permessage-deflate') }),
        says: 'Sec-WebSocket-Extensions: permessage-deflate',
      },
      'breaks down': { peer: webSocketServer({ respond: usual => ({ ...usual, status: 500 }) }), says: '500' },
      'drops the connection': webSocketServer({
        respond: (_usual, _request, connection) => (connection.reset(), null),
      }),
    },
  },
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { answersDeflate } from '../../peers/deflate-response.ts'
import { tryRefusedOffers } from '../../websocket/deflate-refusal.ts'

const offers = [
  'server_max_window_bits=7',
  'server_max_window_bits=16',
  'server_max_window_bits=0',
  'server_max_window_bits=09',
  'server_max_window_bits=x',
  'server_max_window_bits',
  'client_max_window_bits=7',
  'server_no_context_takeover=1',
]

export default {
  title: 'An offer with an invalid value is declined',
  level: 'must',
  spec: rfc7692(
    '7',
    'A server MUST decline an extension negotiation offer for this extension if any of the following conditions are met: […] The negotiation offer contains an extension parameter with an invalid value.',
  ),
  why: 'What is accepted but not understood is compressed differently than the client expects, or breaks the server.',
  fix: 'Check each value against 8 to 15 without leading zero, flags against having none, and leave the extension out of the answer.',
  covers: [{ row: 'ws.pmd.bad-value' }],
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

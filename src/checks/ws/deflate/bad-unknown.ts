import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { answersDeflate } from '../../peers/deflate-response.ts'
import { tryRefusedOffers } from '../../websocket/deflate-refusal.ts'

const offers = ['rtbench_unknown', 'rtbench_unknown=15', 'server_no_context_takeover; rtbench_unknown']

export default {
  title: 'An offer with an unknown parameter is declined',
  level: 'must',
  spec: rfc7692(
    '7',
    'A server MUST decline an extension negotiation offer for this extension if any of the following conditions are met: […] The negotiation offer contains an extension parameter not defined for use in an offer.',
  ),
  why: 'The parameter may change how the payload is encoded: to accept without knowing it is to agree to something else.',
  fix: 'Decline offers with a parameter that is not one of the four.',
  covers: [{ row: 'ws.pmd.bad-unknown' }],
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

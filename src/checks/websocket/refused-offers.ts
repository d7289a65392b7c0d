import type { WebSocketCheck } from '../check.ts'
import { rfc7692 } from '../documents.ts'
import { answersDeflate } from '../peers/deflate-response.ts'
import { webSocketServer } from '../peers/websocket-server.ts'
import { tryRefusedOffers } from './deflate-refusal.ts'

/** What the checks of offers that must be declined have in common; `condition` in the words of the list of RFC 7692 §7. */
export const declines = (
  offers: readonly string[],
  condition: string,
): Pick<WebSocketCheck, 'level' | 'spec' | 'needs' | 'run' | 'selfTest'> => ({
  level: 'must',
  spec: rfc7692(
    '7',
    `A server MUST decline an extension negotiation offer for this extension if any of the following conditions are met: […] ${condition}`,
  ),
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
})

import { answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'

export default {
  title: 'The own Origin is let in',
  level: 'quality',
  spec: practice('a page can reach its own server', 'A page that the same host serves can open the WebSocket.'),
  why: 'A rule against foreign origins that shuts out the own pages breaks the application.',
  fix: 'Add the origin of the pages that use the endpoint to its list (--origin-allowed names it to this check).',
  covers: [{ row: 'ws.sec.origin-own' }],
  async run(server) {
    const { secure, host } = server.defaults
    const origin = server.capabilities.allowedOrigin ?? `${secure ? 'https' : 'http'}://${host}`
    const { answer } = await server.upgrade({ origin })
    const observed = `Origin: ${origin}: ${describeHandshake(answer)}`
    return answerStatus(answer) === 101 ? pass(observed) : warn('101', observed)
  },
  selfTest: {
    passes: {
      'its own': { peer: webSocketServer({ origins: ['http://peer.test'] }), given: { allowedOrigin: null } },
      'the allowed one': {
        peer: webSocketServer({ origins: ['https://app.test'] }),
        given: { allowedOrigin: 'https://app.test' },
      },
    },
    warns: { 'no one': { peer: webSocketServer({ origins: [] }), says: '403' } },
  },
} satisfies WebSocketCheck

import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { tryLegalCloses } from '../../websocket/closing.ts'

export default {
  title: 'A Close without a code is answered without one or with 1000',
  level: 'must',
  spec: rfc6455(
    '7.4.1',
    '1005 is a reserved value and MUST NOT be set as a status code in a Close control frame by an endpoint.',
  ),
  why: 'Libraries name the missing code 1005; a server that echoes what its library names puts it on the wire.',
  fix: 'Answer an empty Close with an empty Close or with 1000.',
  covers: [{ row: 'ws.cl.empty', autobahn: ['7.3.1'], literally: ['7.3.1'] }],
  run: server =>
    tryLegalCloses(server, [{ name: 'no payload', payload: Buffer.alloc(0) }], code => code === 1000 || code === 1005),
  selfTest: {
    passes: {
      'answers without a code': webSocketServer(),
      'answers 1000': webSocketServer({ closeAnswer: () => encodeClosePayload(1000) }),
    },
    warns: { 'answers 1001': webSocketServer({ closeAnswer: () => encodeClosePayload(1001) }) },
    fails: {
      'answers 1005': {
        peer: webSocketServer({ closeAnswer: () => encodeClosePayload(1005) }),
        says: 'Close 1005',
      },
      'drops the connection': webSocketServer({ closeAnswer: () => null }),
    },
  },
} satisfies WebSocketCheck

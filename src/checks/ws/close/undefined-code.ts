import type { WebSocketCheck } from '../../check.ts'
import { tryCases } from '../../cases.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info } from '../../verdict.ts'
import { closeWith, closing } from '../../websocket/closing.ts'

export default {
  title: 'What close codes beyond 4999 are answered with',
  level: 'info',
  spec: rfc6455(
    '7.4.2',
    "Status codes in the range 4000-4999 are reserved for private use and thus can't be registered.",
  ),
  why: 'The document says nothing about codes from 5000 on; servers differ.',
  fix: 'Treat them like the other codes without a meaning: 1002.',
  covers: [{ row: 'ws.cl.over', autobahn: ['7.13.1', '7.13.2'], literally: ['7.13.1', '7.13.2'] }],
  run: server =>
    tryCases(
      [5000, 65_535].map(code => closeWith(code)),
      async ({ payload }) => info((await closing(server, payload)).observed),
    ),
  selfTest: {
    infos: {
      'refuses them': { peer: webSocketServer(), says: '5000: Close 1002' },
      'echoes them': { peer: webSocketServer({ tolerates: ['close-code'] }), says: '65535: Close 65535' },
    },
  },
} satisfies WebSocketCheck

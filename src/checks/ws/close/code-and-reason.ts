import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { closeWith, tryLegalCloses } from '../../websocket/closing.ts'

export default {
  title: 'A Close with code and reason, up to 123 bytes of it, is answered',
  level: 'must',
  spec: rfc6455(
    '5.5.1',
    'Following the 2-byte integer, the body MAY contain UTF-8-encoded data with value /reason/, the interpretation of which is not defined by this specification.',
  ),
  why: 'A reason is what operators read in their logs; a server that chokes on it turns every orderly end into a broken connection.',
  fix: 'Read the reason as UTF-8 of any length up to 123 bytes and answer with the code.',
  covers: [{ row: 'ws.cl.code-reason', autobahn: ['7.3.3-7.3.5'], literally: ['7.3.3-7.3.5'] }],
  run: server =>
    tryLegalCloses(
      server,
      [
        closeWith(1000),
        closeWith(1000, 'Hello World!'),
        closeWith(1000, '*'.repeat(123)),
        closeWith(1000, Buffer.from('κόσμε')),
      ],
      code => code === 1000 || code === 1005,
    ),
  selfTest: {
    passes: {
      'answers with the code': webSocketServer(),
      'answers with code and reason': webSocketServer({ closeAnswer: payload => payload }),
    },
    warns: { 'takes a reason for an error': webSocketServer({ closeAnswer: () => encodeClosePayload(1002) }) },
    fails: {
      'drops on a long reason': {
        peer: webSocketServer({ closeAnswer: payload => (payload.length > 100 ? null : payload) }),
        says: 'a reason of 123 bytes',
      },
      'cuts the reason within a character': {
        peer: webSocketServer({ closeAnswer: payload => payload.subarray(0, 3) }),
        says: 'a reason of 10 bytes',
      },
    },
  },
} satisfies WebSocketCheck

import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { closeWith, tryLegalCloses } from '../../websocket/closing.ts'

export default {
  title: 'The answer to a Close carries the same code',
  level: 'must',
  spec: rfc6455(
    '5.5.1',
    'If an endpoint receives a Close frame and did not previously send a Close frame, the endpoint MUST send a Close frame in response. (When sending a Close frame in response, the endpoint typically echos the status code it received.)',
  ),
  why: 'The client’s application is told the answer’s code: with another one it takes its own goodbye for the server’s.',
  fix: 'Put the received code into the answer.',
  covers: [{ row: 'ws.cl.echo-code' }],
  run: server =>
    tryLegalCloses(
      server,
      [1000, 1001, 3000, 4321].map(code => closeWith(code)),
      (answer, { payload }) => payload.readUInt16BE() === answer,
    ),
  selfTest: {
    passes: { 'echoes the code': webSocketServer() },
    warns: {
      'always 1000': {
        peer: webSocketServer({ closeAnswer: () => encodeClosePayload(1000) }),
        says: '1001: Close 1000 normal closure',
      },
      'no code': webSocketServer({ closeAnswer: () => Buffer.alloc(0) }),
    },
    fails: {
      'no answer': webSocketServer({ closeAnswer: () => null }),
      'a code that must not be sent': webSocketServer({ closeAnswer: () => encodeClosePayload(1006) }),
      'a payload of one byte': webSocketServer({ closeAnswer: () => Buffer.from([3]) }),
      'a reason that is not UTF-8': webSocketServer({ closeAnswer: () => Buffer.from('03e8ff', 'hex') }),
    },
  },
} satisfies WebSocketCheck

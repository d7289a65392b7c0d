import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { closeWith, tryLegalCloses } from '../../websocket/closing.ts'

const CODES = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 3000, 3999, 4000, 4999]

export default {
  title: 'Every close code that a client may send is answered',
  level: 'must',
  spec: rfc6455(
    '7.4.2',
    "Status codes in the range 3000-3999 are reserved for use by libraries, frameworks, and applications. […] Status codes in the range 4000-4999 are reserved for private use and thus can't be registered.",
  ),
  why: 'Applications say with these codes why they leave; a server that takes them for errors disturbs its own logs and alarms.',
  fix: 'Accept 1000–1003, 1007–1011 and 3000–4999, and answer with the code.',
  covers: [
    {
      row: 'ws.cl.valid',
      autobahn: ['7.7.1-7.7.7', '7.7.9-7.7.13'],
      literally: ['7.7.1-7.7.7', '7.7.9-7.7.13'],
    },
  ],
  run: server =>
    tryLegalCloses(
      server,
      CODES.map(code => closeWith(code)),
      (answer, { payload }) => answer === payload.readUInt16BE() || answer === 1000 || answer === 1005,
    ),
  selfTest: {
    passes: {
      'echoes them': webSocketServer(),
      'always 1000': webSocketServer({ closeAnswer: () => encodeClosePayload(1000) }),
    },
    warns: {
      'calls private codes an error': {
        peer: webSocketServer({
          closeAnswer: payload => (payload.readUInt16BE() >= 4000 ? encodeClosePayload(1002) : payload),
        }),
        says: '4999: Close 1002',
      },
    },
    fails: {
      'drops on 1011': {
        peer: webSocketServer({ closeAnswer: payload => (payload.readUInt16BE() === 1011 ? null : payload) }),
        says: '1011: the connection was ended',
      },
    },
  },
} satisfies WebSocketCheck

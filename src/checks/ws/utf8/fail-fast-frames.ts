import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { tryCases } from '../../cases.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { failsFast } from '../../websocket/fail-fast.ts'
import { MIXED } from '../../websocket/utf8-vectors.ts'

const hex = (text: string) => Buffer.from(text, 'hex')
const cases = [
  {
    name: 'the bad sequence in the second of three fragments',
    first: MIXED,
    bad: hex('f4908080'),
    rest: Buffer.from('edited'),
  },
  {
    name: 'the bad sequence over all three',
    first: Buffer.concat([MIXED, hex('f4')]),
    bad: hex('90'),
    rest: Buffer.concat([hex('8080'), Buffer.from('edited')]),
  },
]

export default {
  title: 'Invalid text fails the connection before the message is complete',
  level: 'quality',
  spec: rfc6455(
    '8.1',
    'When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a valid UTF-8 stream, that endpoint MUST _Fail the WebSocket Connection_.',
  ),
  why: 'A server that looks only at the end collects megabytes of what it will refuse anyway.',
  fix: 'Feed each fragment to an incremental decoder. The document does not demand it: most servers check at the end.',
  covers: [{ row: 'ws.u8.failfast-frame', autobahn: ['6.4.1', '6.4.2'], literally: ['6.4.1', '6.4.2'] }],
  run: server =>
    tryCases(cases, ({ first, bad, rest }) =>
      failsFast(
        server,
        socket => {
          socket.send({ opcode: OPCODE.text, fin: false, payload: first })
          socket.send({ opcode: OPCODE.continuation, fin: false, payload: bad })
        },
        socket => socket.send({ opcode: OPCODE.continuation, payload: rest }),
      ),
    ),
  selfTest: {
    passes: { 'checks as it comes': webSocketServer() },
    warns: {
      'checks at the end': { peer: webSocketServer({ utf8: 'message' }), says: 'at the end of the message' },
      'closes with 1002': webSocketServer({ failing: side => side.close(1002) }),
    },
    skips: { 'does not check': webSocketServer({ tolerates: ['utf8'] }) },
  },
} satisfies WebSocketCheck

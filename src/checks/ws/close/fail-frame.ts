import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, skip, warn } from '../../verdict.ts'
import { textMessage } from '../../websocket/echo.ts'
import { commit } from '../../websocket/violation.ts'

const hello = textMessage('Hello, world!')
const cases = [
  { name: 'reserved opcode', code: 1002, frames: [{ ...hello, opcode: 3 }] },
  { name: 'reserved bit', code: 1002, frames: [{ ...hello, rsv2: true }] },
  { name: 'fragmented ping', code: 1002, frames: [{ opcode: OPCODE.ping, fin: false }] },
  { name: 'text that is not UTF-8', code: 1007, frames: [{ ...hello, payload: Buffer.from('c0af', 'hex') }] },
]

export default {
  title: 'A connection is failed with a Close frame that says why',
  level: 'should',
  spec: rfc6455(
    '7.1.7',
    'If _The WebSocket Connection is Established_ prior to the point where the endpoint is required to _Fail the WebSocket Connection_, the endpoint SHOULD send a Close frame with an appropriate status code (Section 7.4) before proceeding to _Close the WebSocket Connection_.',
  ),
  why: 'A dropped connection looks like a network fault: the client connects again and makes the same mistake again.',
  fix: 'Send Close 1002 (1007 for text that is not UTF-8) before ending the connection.',
  covers: [{ row: 'ws.cl.fail-frame' }],
  run: server =>
    tryCases(cases, async ({ name, code, frames }) => {
      const outcome = await commit(server, { name, frames })
      if (!outcome.failed) return skip('it does not fail the connection')
      return outcome.code === code ? pass() : warn(`Close ${code}`, outcome.observed)
    }),
  selfTest: {
    passes: { 'says why': webSocketServer() },
    warns: {
      'drops the connection': {
        peer: webSocketServer({ failing: side => side.connection.reset() }),
        says: 'ECONNRESET',
      },
      'no code': webSocketServer({ failing: side => side.close() }),
      'always 1011': webSocketServer({ failing: side => side.close(1011) }),
    },
    skips: { 'lets all pass': webSocketServer({ frame: () => true }) },
  },
} satisfies WebSocketCheck

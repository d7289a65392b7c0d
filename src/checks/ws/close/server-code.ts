import { encodeClosePayload, isWireCloseCode, parseClosePayload } from '../../../protocol/websocket/close-code.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeFrame } from '../../../wire/describe-received.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass, skip } from '../../verdict.ts'
import { textMessage } from '../../websocket/echo.ts'
import { commit } from '../../websocket/violation.ts'

const hello = textMessage('Hello, world!')
const cases = [
  { name: 'reserved opcode', frames: [{ ...hello, opcode: 3 }] },
  { name: 'unmasked text', frames: [{ ...hello, mask: null }] },
  { name: 'text that is not UTF-8', frames: [{ ...hello, payload: Buffer.from('c0af', 'hex') }] },
  { name: 'frame of 4 EiB', frames: [{ ...hello, declaredLength: 1n << 62n }], probe: false },
]

export default {
  title: 'The codes of the server’s own Close frames may be sent by a server',
  level: 'must',
  spec: rfc6455(
    '7.4.1',
    '1010 indicates that an endpoint (client) is terminating the connection […] Note that this status code is not used by the server, because it can fail the WebSocket handshake instead.',
  ),
  why: 'A client that receives 1005, 1006 or 1015 fails the connection in turn and hides what the server wanted to say.',
  fix: 'Send 1000–1003, 1007–1009, 1011–1014 or 3000–4999.',
  covers: [{ row: 'ws.cl.srv-code' }],
  run: server =>
    tryCases(cases, async one => {
      const { close, observed } = await commit(server, one)
      if (close === null) return skip(`it sends no Close frame of its own: after ${one.name} ${observed}`)
      const payload = parseClosePayload(close.payload)
      if (payload.kind === 'empty') return pass()
      const legal = 'code' in payload && isWireCloseCode(payload.code) && payload.code !== 1010
      return legal ? pass() : fail('a code that a server may send', describeFrame(close))
    }),
  selfTest: {
    passes: {
      'legal codes': webSocketServer(),
      'no code': webSocketServer({ failing: side => side.close() }),
    },
    fails: {
      '1006': { peer: webSocketServer({ failing: side => side.close(1006) }), says: 'Close 1006' },
      '1010': webSocketServer({ failing: side => side.close(1010) }),
      'one byte': webSocketServer({
        failing: side => side.send({ opcode: OPCODE.close, payload: encodeClosePayload(1002).subarray(1) }),
      }),
    },
    skips: {
      'drops the connection': {
        peer: webSocketServer({ failing: side => side.connection.reset() }),
        says: 'after reserved opcode',
      },
      'lets it pass': { peer: webSocketServer({ tolerates: ['unmasked'] }), says: 'a later ping is answered' },
    },
  },
} satisfies WebSocketCheck

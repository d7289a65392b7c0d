import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass, skip } from '../../verdict.ts'
import { textMessage } from '../../websocket/echo.ts'
import { commit } from '../../websocket/violation.ts'

const hello = textMessage('Hello, world!')
const after = textMessage('after the violation')
const ping = { opcode: OPCODE.ping, payload: Buffer.from('after') }
const cases = [
  { name: 'reserved bit', bad: { ...hello, rsv2: true } },
  { name: 'reserved data opcode', bad: { opcode: 5 } },
  { name: 'reserved control opcode', bad: { opcode: 13 } },
  { name: 'unmasked text', bad: { ...hello, mask: null } },
]

export default {
  title: 'Nothing is processed after the connection has failed',
  level: 'must',
  spec: rfc6455(
    '7.1.7',
    'An endpoint MUST NOT continue to attempt to process data (including a responding Close frame) from the remote endpoint after being instructed to _Fail the WebSocket Connection_.',
  ),
  why: 'What follows a frame that could not be understood cannot be trusted: it may be the inside of that frame.',
  fix: 'Stop the parser with the first violation and drop what is buffered.',
  covers: [{ row: 'ws.cl.fail-stops', autobahn: ['3.2-3.4', '4.1.3-4.1.5', '4.2.3-4.2.5'] }],
  run: server =>
    tryCases(cases, async ({ name, bad }) => {
      const { failed, answered, observed } = await commit(server, { name, before: hello, frames: [bad, after, ping] })
      if (!failed) return skip('it does not fail the connection')
      const wrong = answered.some(frame => frame.payload.equals(after.payload) || frame.payload.equals(ping.payload))
      return wrong ? fail('no echo and no pong for what came after the violation', observed) : pass()
    }),
  selfTest: {
    passes: {
      'stops reading': webSocketServer(),
      'drops the connection': webSocketServer({ failing: side => side.connection.reset() }),
    },
    fails: {
      'reads on before it closes': {
        peer: webSocketServer({
          failing(side, code) {
            side.text('after the violation')
            side.close(code)
            side.connection.finish()
          },
        }),
        says: 'after the violation',
      },
      'answers a later ping': webSocketServer({
        failing(side, code) {
          side.send({ ...ping, opcode: OPCODE.pong })
          side.close(code)
        },
      }),
    },
    skips: {
      'passes over bad frames': webSocketServer({
        frame: frame => frame.opcode > 10 || frame.rsv2 || !frame.masked || frame.opcode === 5,
      }),
    },
  },
} satisfies WebSocketCheck

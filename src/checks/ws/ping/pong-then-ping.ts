import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'
import { nextControl } from '../../websocket/pings.ts'

export default {
  title: 'A ping after an unsolicited pong gets one pong, with the payload of the ping',
  level: 'must',
  spec: rfc6455(
    '5.5.3',
    'A Pong frame sent in response to a Ping frame must have identical "Application data" as found in the message body of the Ping frame being replied to.',
  ),
  why: 'A server that keeps the last control payload in one place answers with the wrong one.',
  fix: 'Take the payload from the ping that is answered.',
  covers: [{ row: 'ws.pp.mixed', autobahn: ['2.9'], literally: ['2.9'] }],
  async run(server) {
    const socket = await server.connect()
    socket.pong('unsolicited pong payload')
    socket.ping('ping payload')
    const received = await nextControl(socket, server.timeoutMs)
    const right =
      received.kind === 'frame' &&
      received.frame.opcode === OPCODE.pong &&
      received.frame.payload.toString('latin1') === 'ping payload'
    if (!right) return fail('pong "ping payload"', describeReceived(received))
    const second = await nextControl(socket, server.quietMs)
    return second.kind === 'silence' ? pass() : fail('one pong and nothing else', describeReceived(second))
  },
  selfTest: {
    passes: { 'one pong': webSocketServer() },
    fails: {
      'the payload of the pong': {
        peer: webSocketServer({ pong: () => Buffer.from('unsolicited pong payload') }),
        says: 'unsolicited',
      },
      'two pongs': webSocketServer({
        frame: (frame, side) => {
          if (frame.opcode === OPCODE.ping) side.send({ opcode: OPCODE.pong, payload: frame.payload })
        },
      }),
      'no pong': webSocketServer({ pong: () => null }),
    },
  },
} satisfies WebSocketCheck

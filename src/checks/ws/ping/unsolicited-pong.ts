import { describeReceived } from '../../../wire/describe-received.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'
import { nextControl } from '../../websocket/pings.ts'

export default {
  title: 'A pong that answers nothing is passed over',
  level: 'must',
  spec: rfc6455(
    '5.5.3',
    'A Pong frame MAY be sent unsolicited.  This serves as a unidirectional heartbeat.  A response to an unsolicited Pong frame is not expected.',
  ),
  why: 'Clients send such heartbeats to keep proxies from cutting the connection; the server must not cut it instead.',
  fix: 'Ignore pongs that match no ping.',
  covers: [{ row: 'ws.pp.unsolicited', autobahn: ['2.7', '2.8'], literally: ['2.7', '2.8'] }],
  run: server =>
    tryCases([{ name: 'empty' }, { name: 'unsolicited pong payload' }], async ({ name }) => {
      const socket = await server.connect()
      socket.pong(name === 'empty' ? '' : name)
      const received = await nextControl(socket, server.quietMs)
      if (received.kind !== 'silence') return fail('nothing', describeReceived(received))
      socket.close(1000)
      socket.finish()
      return pass()
    }),
  selfTest: {
    passes: { 'passes over it': webSocketServer() },
    fails: {
      closes: { peer: webSocketServer({ frame: (_frame, side) => (side.close(1002), true) }), says: 'Close 1002' },
      'answers it': {
        peer: webSocketServer({
          frame: (frame, side) => (side.send({ opcode: 10, payload: frame.payload }), true),
        }),
        says: 'pong frame',
      },
      'drops the connection': webSocketServer({ frame: (_frame, side) => (side.connection.reset(), true) }),
    },
  },
} satisfies WebSocketCheck

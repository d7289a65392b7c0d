import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeFrame, describeReceived } from '../../../wire/describe-received.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'

export default {
  title: 'A message that the server sends at once is whole',
  level: 'must',
  spec: rfc6455(
    '4.2.2',
    "This completes the server's handshake.  If the server finishes these steps without aborting the WebSocket handshake, the server considers the WebSocket connection to be established and that the WebSocket connection is in the OPEN state.  At this point, the server may begin sending (and receiving) data.",
  ),
  why: 'It arrives in one segment with the 101, where broken servers garble or lose it.',
  fix: 'Send frames only after the whole response head, and nothing in between.',
  covers: [{ row: 'ws.hs.greeting' }],
  needs: ['push'],
  async run(server) {
    const { socket, answer } = await server.upgrade()
    if (socket === null) return fail('101', describeHandshake(answer))
    const received = await socket.message()
    if (received.kind === 'silence') return fail('a message', describeReceived(received))
    if (received.kind !== 'message') return fail('a whole message', describeReceived(received))
    const broken = socket.frames.find(frame => frame.masked || frame.rsv2 || frame.rsv3 || frame.opcode > OPCODE.pong)
    return broken === undefined ? pass(describeReceived(received)) : fail('a legal frame', describeFrame(broken))
  },
  selfTest: {
    passes: { greets: webSocketServer({ opened: side => side.text('hello') }) },
    fails: {
      'loses the beginning': {
        peer: webSocketServer({ opened: side => side.connection.send(Buffer.from('ello')) }),
        says: 'unfinished',
      },
      'cuts it short': webSocketServer({
        opened: side => {
          side.connection.send(Buffer.from('810568656c', 'hex'))
          side.connection.finish()
        },
      }),
      'masks it': webSocketServer({
        opened: side => side.text('hello'),
        outgoing: frame => ({ ...frame, mask: Buffer.from('abcd') }),
      }),
      'says nothing after all': webSocketServer(),
      refuses: webSocketServer({ paths: [] }),
    },
  },
} satisfies WebSocketCheck

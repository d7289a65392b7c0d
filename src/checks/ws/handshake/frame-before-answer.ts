import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import { maskedFrame } from '../../../wire/websocket-peer.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info } from '../../verdict.ts'

const TEXT = 'sent with the handshake'

export default {
  title: 'What becomes of a frame that is sent with the handshake',
  level: 'info',
  spec: rfc6455(
    '4.1',
    "Once the client's opening handshake has been sent, the client MUST wait for a response from the server before sending any further data.",
  ),
  why: 'The client breaks the rule here, but a proxy may deliver the first frame in one segment with the handshake: servers that lose it lose a message.',
  fix: 'Hand what follows the blank line of the request to the frame reader.',
  covers: [{ row: 'ws.hs.pipelined' }],
  needs: ['echo'],
  async run(server) {
    const trailing = maskedFrame({ opcode: OPCODE.text, payload: Buffer.from(TEXT) })
    const { answer, socket } = await server.upgrade({}, { trailing })
    if (socket === null) return info(`refused: ${describeHandshake(answer)}`)
    for (let greetings = server.capabilities.greetings; greetings > 0; greetings -= 1) await socket.message()
    const received = await socket.message(Math.min(server.timeoutMs, 2000))
    if (received.kind === 'message' && received.payload.toString() === TEXT) return info('delivered: it is echoed')
    return info(received.kind === 'silence' ? 'dropped: no echo' : describeReceived(received))
  },
  selfTest: {
    infos: {
      'delivers it': { peer: webSocketServer(), says: 'delivered' },
      'drops it': {
        peer: webSocketServer({
          opened: async ({ connection }) => void (await connection.read(100)),
        }),
        says: 'dropped',
      },
      closes: { peer: webSocketServer({ opened: side => side.close(1002) }), says: 'Close 1002' },
      refuses: { peer: webSocketServer({ respond: () => refusal(400, 'no') }), says: 'refused' },
    },
  },
} satisfies WebSocketCheck

import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import { maskedFrame } from '../../../wire/websocket-peer.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc9112 } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info } from '../../verdict.ts'

export default {
  title: 'What becomes of a handshake with a body',
  level: 'info',
  spec: rfc9112(
    '6',
    'The presence of a message body in a request is signaled by a Content-Length or Transfer-Encoding header field.',
  ),
  why: 'A body that is read as frames lets whoever can choose it write frames.',
  fix: 'Refuse a handshake with a body, or read the body off before the first frame.',
  covers: [{ row: 'ws.hs.get-body' }],
  needs: ['echo'],
  async run(server) {
    const body = maskedFrame({ opcode: OPCODE.text, payload: Buffer.from('body') })
    const headers = [...server.defaults.headers, ['Content-Length', String(body.length)] as const]
    const { answer, socket } = await server.upgrade({ headers }, { trailing: body })
    if (socket === null) return info(`refused: ${describeHandshake(answer)}`)
    for (let greetings = server.capabilities.greetings; greetings > 0; greetings -= 1) await socket.message()
    const received = await socket.message(server.quietMs)
    const read = received.kind === 'message' && received.payload.toString() === 'body'
    return info(read ? 'its body is read as a frame and echoed' : `opened; then ${describeReceived(received)}`)
  },
  selfTest: {
    infos: {
      'reads it as frames': { peer: webSocketServer(), says: 'read as a frame' },
      refuses: { peer: webSocketServer({ respond: () => refusal(400, 'a body') }), says: 'refused' },
      'passes over it': {
        peer: webSocketServer({ opened: async ({ connection }) => void (await connection.read(100)) }),
        says: 'nothing within',
      },
    },
  },
} satisfies WebSocketCheck

import { describeReceived } from '../../../wire/describe-received.ts'
import { maskedFrames } from '../../../wire/websocket-peer.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'
import { describeMessage, textMessage } from '../../websocket/echo.ts'

const MARK = 'of one segment'
const messages = Array.from({ length: 100 }, (_, index) => textMessage(`message ${index} ${MARK}`))

export default {
  title: 'All frames that arrive in one segment are read, in order',
  level: 'must',
  spec: rfc6455(
    '6.2',
    'To receive WebSocket data, an endpoint listens on the underlying network connection.  Incoming data MUST be parsed as WebSocket frames as defined in Section 5.2.',
  ),
  why: 'A server that takes one frame per read loses messages, or delivers each with the next one’s arrival.',
  fix: 'Parse until less than a frame is left, and keep the rest for the next read.',
  covers: [{ row: 'ws.fr.coalesced' }],
  needs: ['echo'],
  async run(server) {
    const socket = await server.connect()
    socket.sendBytes(maskedFrames(messages))
    for (const message of messages) {
      let received = await socket.message()
      while (received.kind === 'message' && !received.payload.includes(MARK)) received = await socket.message()
      const right = received.kind === 'message' && received.payload.equals(message.payload)
      if (!right) return fail(describeMessage(message), describeReceived(received))
    }
    return pass(`${messages.length} of ${messages.length} in order`)
  },
  selfTest: {
    passes: { 'reads all': webSocketServer() },
    fails: {
      'reads the first only': {
        peer: () => {
          let count = 0
          return webSocketServer({
            message: (side, opcode, payload) => ((count += 1) === 1 ? side.message(opcode, payload) : undefined),
          })()
        },
        says: 'nothing within',
      },
      'turns the order round': {
        peer: () => {
          const held: Buffer[] = []
          return webSocketServer({
            message(side, opcode, payload) {
              held.unshift(payload)
              if (held.length === messages.length) for (const one of held) side.message(opcode, one)
            },
          })()
        },
        says: 'message 99',
      },
    },
  },
} satisfies WebSocketCheck

import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import { maskedFrames } from '../../../wire/websocket-peer.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info } from '../../verdict.ts'
import { textMessage } from '../../websocket/echo.ts'

const large = textMessage('*'.repeat(256 * 1024))
const small = textMessage('Hello World!')
const close = { opcode: OPCODE.close, payload: encodeClosePayload(1000) }

export default {
  title: 'Whether echoes that are on their way still come when a Close follows them',
  level: 'info',
  spec: rfc6455(
    '7.1.1',
    'An endpoint SHOULD use a method that cleanly closes the TCP connection, as well as the TLS session, if applicable, discarding any trailing bytes that may have been received.',
  ),
  why: 'Some servers finish what they owe, others let the Close win. Who relies on either loses messages with the other.',
  fix: 'Say which of the two your server does.',
  covers: [{ row: 'ws.cl.in-flight', autobahn: ['7.1.6'], literally: ['7.1.6'] }],
  needs: ['echo'],
  async run(server) {
    const socket = await server.connect()
    socket.sendBytes(maskedFrames([large, small, close, { opcode: OPCODE.ping }]))
    let echoes = 0
    for (;;) {
      const received = await socket.message()
      const echoed = received.kind === 'message' && [large, small].some(sent => sent.payload.equals(received.payload))
      if (echoed) echoes += 1
      if (received.kind !== 'message') return info(`${echoes} of 2 echoes, then ${describeReceived(received)}`)
    }
  },
  selfTest: {
    infos: {
      'data wins': { peer: webSocketServer(), says: '2 of 2 echoes, then Close 1000' },
      'the Close wins': { peer: webSocketServer({ message: () => {} }), says: '0 of 2 echoes' },
      'goes silent': { peer: webSocketServer({ closeAnswer: () => null, ending: () => {} }), says: 'nothing within' },
    },
  },
} satisfies WebSocketCheck

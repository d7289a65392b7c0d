import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { binaryMessage, textMessage, tryEchoes } from '../../websocket/echo.ts'
import { fragments } from '../../websocket/fragments.ts'

const message = textMessage('fragment1fragment2')
const frames = fragments(message, 9)
const FRAME_BYTES = 15
const binary = binaryMessage(Buffer.from('00fffefdfcfb00ff', 'hex'))

export default {
  title: 'The fragments of a message are joined',
  level: 'must',
  spec: rfc6455('5.4', 'Clients and servers MUST support receiving both fragmented and unfragmented messages.'),
  why: 'Browsers fragment large messages, and so do proxies: a server that answers per frame breaks on them.',
  fix: 'Keep the opcode of the first frame and collect payloads until FIN=1.',
  covers: [{ row: 'ws.fr.frag', autobahn: ['5.3-5.5'], literally: ['5.3-5.5'] }],
  needs: ['echo'],
  run: server =>
    tryEchoes(server, [
      { name: 'two fragments', message, frames },
      { name: 'two fragments, frame by frame', message, frames, split: FRAME_BYTES },
      { name: 'two fragments, octet by octet', message, frames, split: 1 },
      { name: 'one octet each', message, frames: fragments(message, 1) },
      { name: 'binary in three', message: binary, frames: fragments(binary, 3) },
    ]),
  selfTest: {
    passes: {
      'joins them': webSocketServer(),
      'answers in fragments': webSocketServer({
        message(side, opcode, payload) {
          side.send({ opcode, fin: false, payload: payload.subarray(0, 5) })
          side.send({ opcode: OPCODE.continuation, payload: payload.subarray(5) })
        },
      }),
    },
    fails: {
      'answers each frame': {
        peer: webSocketServer({
          frame: (frame, side) => {
            if (frame.opcode <= OPCODE.binary) side.send({ opcode: OPCODE.text, payload: frame.payload })
            return frame.opcode <= OPCODE.binary
          },
        }),
        says: '"fragment1"',
      },
      'refuses continuations': webSocketServer({
        frame: (frame, side) => frame.opcode === OPCODE.continuation && (side.close(1003), true),
      }),
      'takes binary for text': webSocketServer({
        message: (side, _opcode, payload) => side.message(OPCODE.text, payload),
      }),
    },
  },
} satisfies WebSocketCheck

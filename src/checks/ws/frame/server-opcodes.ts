import type { Frame } from '../../../protocol/websocket/frame-reader.ts'
import { isControlOpcode, isReservedOpcode, OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { elicit, judgeFrames } from '../../websocket/elicit.ts'

/** Judges one frame after the other, remembering whether a message is open. */
function sequence(): (frame: Frame) => string | null {
  let open = false
  return frame => {
    const { opcode, fin } = frame
    if (isReservedOpcode(opcode)) return 'no reserved opcode'
    if (isControlOpcode(opcode)) {
      return fin && frame.declaredLength <= 125n ? null : 'a control frame of at most 125 bytes with FIN=1'
    }
    if ((opcode === OPCODE.continuation) !== open) {
      return open ? 'a continuation frame: a fragmented message is not finished' : 'a first frame: no message is open'
    }
    open = !fin
    return null
  }
}

export default {
  title: 'The server sends known opcodes, whole control frames and messages one after the other',
  level: 'must',
  spec: rfc6455(
    '5.4',
    'The fragments of one message MUST NOT be interleaved between the fragments of another message unless an extension has been negotiated that can interpret the interleaving.',
  ),
  why: 'A client fails the connection on the first frame that is out of place; under load this looks like random disconnects.',
  fix: 'Finish one message before the next; send control frames whole, with at most 125 bytes; lock the connection while a message is written.',
  covers: [{ row: 'ws.fr.srv-type' }],
  run: async server => judgeFrames(await elicit(server), sequence()),
  selfTest: {
    passes: {
      'whole messages': webSocketServer(),
      'fragmented messages': webSocketServer({
        message(side, opcode, payload) {
          side.send({ opcode, fin: false, payload: payload.subarray(0, 1) })
          side.send({ opcode: OPCODE.continuation, payload: payload.subarray(1) })
        },
      }),
    },
    fails: {
      'a reserved opcode': {
        peer: webSocketServer({ outgoing: frame => (frame.opcode === 2 ? { ...frame, opcode: 3 } : frame) }),
        says: 'opcode 3',
      },
      'a fragmented pong': webSocketServer({
        outgoing: frame => (frame.opcode === OPCODE.pong ? { ...frame, fin: false } : frame),
      }),
      'a pong of 126 bytes': webSocketServer({ pong: () => Buffer.alloc(126) }),
      'never finishes a message': webSocketServer({
        message: (side, opcode, payload) => side.send({ opcode, fin: false, payload }),
      }),
      'begins with a continuation': webSocketServer({
        message: (side, _opcode, payload) => side.send({ opcode: OPCODE.continuation, payload }),
      }),
    },
    skips: { 'sends nothing': webSocketServer({ message: () => {}, pong: () => null, closeAnswer: () => null }) },
  },
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import type { Frame } from '../../../protocol/websocket/frame-reader.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { isValidUtf8 } from '../../../protocol/websocket/utf8.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { elicit, judgeFrames } from '../../websocket/elicit.ts'

/** Judges one frame after the other; a text counts when it is complete. */
function texts(): (frame: Frame) => string | null {
  let open: Buffer[] | null = null
  return ({ opcode, fin, payload }) => {
    if (opcode === OPCODE.close)
      return payload.length < 2 || isValidUtf8(payload, 2, payload.length) ? null : 'a close reason in UTF-8'
    if (opcode === OPCODE.text) open = []
    else if (opcode === OPCODE.binary) open = null
    if (opcode > OPCODE.binary || open === null) return null
    open.push(payload)
    if (!fin) return null
    const text = Buffer.concat(open)
    return isValidUtf8(text, 0, text.length) ? null : 'text in UTF-8'
  }
}

export default {
  title: 'The server’s own texts and close reasons are UTF-8',
  level: 'must',
  spec: rfc6455(
    '5.6',
    'Note that a particular text frame might include a partial UTF-8 sequence; however, the whole message MUST contain valid UTF-8.',
  ),
  why: 'Every browser fails the connection on such a message, and the application never learns what it said.',
  fix: 'Encode strings as UTF-8 and send everything else as binary; cut reasons between characters.',
  covers: [{ row: 'ws.u8.server-out' }],
  run: async server => judgeFrames(await elicit(server), texts()),
  selfTest: {
    passes: {
      'sends UTF-8': webSocketServer(),
      'cuts a character in two fragments': webSocketServer({
        message(side, opcode) {
          side.send({ opcode, fin: false, payload: Buffer.from('c3', 'hex') })
          side.send({ opcode: OPCODE.continuation, payload: Buffer.from('a4', 'hex') })
        },
      }),
    },
    fails: {
      'sends Latin-1': {
        peer: webSocketServer({ message: (side, opcode) => side.message(opcode, Buffer.from('fc', 'hex')) }),
        says: 'fc',
      },
      'a reason in Latin-1': webSocketServer({ closeAnswer: () => Buffer.from('03e8fc', 'hex') }),
    },
    skips: { 'sends nothing': webSocketServer({ message: () => {}, pong: () => null, closeAnswer: () => null }) },
  },
} satisfies WebSocketCheck

import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, warn } from '../../verdict.ts'
import { judgeLegalClose } from '../../websocket/closing.ts'
import { commit } from '../../websocket/violation.ts'

export default {
  title: 'A Close inside a fragmented message ends the connection',
  level: 'must',
  spec: rfc6455('5.4', 'Control frames (see Section 5.5) MAY be injected in the middle of a fragmented message.'),
  why: 'A user who cancels an upload leaves like this: the server must neither wait for the rest nor deliver half a message.',
  fix: 'Drop the unfinished message, answer with a Close (1000, or 1002) and end the connection.',
  covers: [{ row: 'ws.cl.mid-message', autobahn: ['7.1.5'], literally: ['7.1.5'] }],
  async run(server) {
    const outcome = await commit(server, {
      name: 'Close between two fragments',
      frames: [
        { opcode: OPCODE.text, fin: false, payload: Buffer.from('fragment1') },
        { opcode: OPCODE.close, payload: encodeClosePayload(1000) },
        { opcode: OPCODE.continuation, payload: Buffer.from('fragment2') },
      ],
      probe: false,
    })
    if (!outcome.failed) return fail('a Close frame', outcome.observed)
    const delivered = outcome.answered.some(frame => frame.payload.toString('latin1').startsWith('fragment'))
    if (delivered) return fail('no echo of the unfinished message', outcome.observed)
    if (outcome.close === null) return warn('a Close frame', outcome.observed)
    return judgeLegalClose(outcome, code => [1000, 1002, 1005].includes(code))
  },
  selfTest: {
    passes: {
      'answers 1000': webSocketServer(),
      'answers 1002': webSocketServer({ closeAnswer: () => encodeClosePayload(1002) }),
    },
    warns: {
      'drops the connection': webSocketServer({ closeAnswer: () => null }),
      'answers 1011': webSocketServer({ closeAnswer: () => encodeClosePayload(1011) }),
    },
    fails: {
      'waits for the rest': webSocketServer({ closeAnswer: () => null, ending: () => {} }),
      'delivers the rest': webSocketServer({
        frame: (frame, side) => frame.opcode === OPCODE.close && (side.text('fragment1'), false),
      }),
      'answers 1006': webSocketServer({ closeAnswer: () => encodeClosePayload(1006) }),
    },
  },
} satisfies WebSocketCheck

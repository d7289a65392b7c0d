import { type LengthForm, minimalForm } from '../../../protocol/websocket/frame.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { elicit, judgeFrames } from '../../websocket/elicit.ts'

const sendsIn = (lengthForm: LengthForm, length: number) =>
  webSocketServer({ outgoing: frame => (frame.payload?.length === length ? { ...frame, lengthForm } : frame) })

export default {
  title: 'The server writes lengths in the shortest form',
  level: 'must',
  spec: rfc6455(
    '5.2',
    "Note that in all cases, the minimal number of bytes MUST be used to encode the length, for example, the length of a 124-byte-long string can't be encoded as the sequence 126, 0, 124.",
  ),
  why: 'Chrome ends the connection on a length in a longer form than needed; servers get it wrong at exactly 125 and 65535.',
  fix: 'Use 7 bits up to 125, 16 bits up to 65535, 64 bits from 65536 on: compare with <=, not <.',
  covers: [{ row: 'ws.fr.srv-minlen' }],
  needs: ['echo'],
  run: async server =>
    judgeFrames(await elicit(server), ({ declaredLength, lengthForm }) => {
      const form = minimalForm(declaredLength)
      return form === lengthForm ? null : `${declaredLength} written in ${form} bits, not in ${lengthForm}`
    }),
  selfTest: {
    passes: { 'shortest forms': webSocketServer() },
    fails: {
      '125 in 16 bits': sendsIn(16, 125),
      '126 in 64 bits': sendsIn(64, 126),
      '65535 in 64 bits': sendsIn(64, 65_535),
      'a Close of 2 in 16 bits': sendsIn(16, 2),
    },
  },
} satisfies WebSocketCheck

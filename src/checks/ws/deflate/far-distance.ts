import { walkDeflate } from '../../../protocol/websocket/deflate-walk.ts'
import { Deflater } from '../../../protocol/websocket/deflate.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info, skip } from '../../verdict.ts'
import { connectDeflate } from '../../websocket/deflate-connection.ts'
import { farRepetition } from '../../websocket/far-repetition.ts'
import { awaitFailure } from '../../websocket-outcome.ts'

const BITS = 9
const payload = new Deflater({ contextTakeover: false, windowBits: 15 }).deflate(farRepetition(15))
const { farthestDistance } = walkDeflate(payload)

export default {
  title: 'What becomes of a reference beyond the agreed window of the client',
  level: 'info',
  spec: rfc7692(
    '7.2.2',
    'If the "agreed parameters" contain the "client_max_window_bits" extension parameter with a value of w, the server MAY reduce the size of its LZ77 sliding window to decompress received messages down to the w-th power of 2 bytes.',
  ),
  why: 'The rule binds the client, and the server MAY shrink its window; one that inflates with the full window has not saved the memory that it asked for.',
  fix: 'Inflate with the agreed window, and fail with 1007 on a reference beyond it.',
  covers: [{ row: 'ws.pmd.far-distance' }],
  needs: ['echo', 'deflate'],
  async run(server) {
    const connection = await connectDeflate(server, { clientMaxWindowBits: BITS })
    const agreed = connection?.agreed.clientMaxWindowBits ?? null
    if (connection === null || agreed !== BITS) return skip(`it does not agree to client_max_window_bits=${BITS}`)
    connection.socket.send({ opcode: OPCODE.binary, rsv1: true, payload })
    const outcome = await awaitFailure(server, connection.socket)
    return info(`a reference over ${farthestDistance} bytes: ${outcome.observed}`)
  },
  selfTest: {
    infos: {
      fails: {
        peer: webSocketServer({ frame: (one, side) => one.rsv1 && (side.close(1007), true) }),
        says: 'Close 1007',
      },
      'drops the connection': {
        peer: webSocketServer({ frame: (_one, side) => (side.connection.reset(), true) }),
        says: 'ECONNRESET',
      },
      'inflates with the full window': { peer: webSocketServer(), says: 'stays open' },
    },
    skips: { 'agrees to no window': webSocketServer({ deflate: false }) },
  },
} satisfies WebSocketCheck

import { constants, deflateRawSync } from 'node:zlib'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info, pass, warn } from '../../verdict.ts'

const KIB = 1024
const SIZE_KIB = 64 * KIB
const FLUSH = constants.Z_SYNC_FLUSH

/** A megabyte of zeros as one run of blocks, and that again and again: 64 KiB that inflate to 64 MiB. */
function bomb(): Buffer {
  const megabyte = deflateRawSync(Buffer.alloc(KIB * KIB), { level: 9, finishFlush: FLUSH })
  return Buffer.concat([...Array.from({ length: SIZE_KIB / KIB }, () => megabyte), Buffer.from([0])])
}

export default {
  title: 'A small message that inflates to 64 MiB is refused',
  level: 'quality',
  spec: rfc6455(
    '10.4',
    'Implementations that have implementation- and/or platform-specific limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
  ),
  why: 'Deflate packs a thousand to one: a limit that looks at the frame lets any client fill the server’s memory.',
  fix: 'Count while inflating and stop at the largest message with 1009; 1 MiB is enough for most applications.',
  covers: [{ row: 'ws.pmd.bomb' }, { row: 'ws.sec.bomb' }],
  needs: ['echo', 'deflate'],
  alone: true,
  async run(server) {
    const socket = await server.connect({ extensions: 'permessage-deflate' })
    const payload = bomb()
    socket.send({ opcode: OPCODE.binary, rsv1: true, payload })
    const received = await socket.next()
    const observed = `${payload.length} bytes that inflate to ${SIZE_KIB} KiB: ${describeReceived(received)}`
    const expected = 'Close 1009'
    if (received.kind !== 'frame') return warn(expected, observed)
    if (received.frame.opcode !== OPCODE.close) return info(`it takes them: ${observed}`)
    const code = received.frame.payload.length >= 2 ? received.frame.payload.readUInt16BE() : 1005
    return code === 1009 || code === 1008 ? pass(observed) : warn(expected, observed)
  },
  selfTest: {
    passes: { 'closes with 1009': { peer: webSocketServer(), says: 'Close 1009' } },
    infos: {
      'takes it': {
        peer: webSocketServer({ frame: (one, side) => one.rsv1 && (side.text('taken'), true) }),
        says: 'it takes them',
      },
    },
    warns: {
      'breaks down': webSocketServer({ frame: (_one, side) => (side.connection.reset(), true) }),
      'never answers': webSocketServer({ frame: () => true }),
      'closes with 1011': webSocketServer({ frame: (_one, side) => (side.close(1011), true) }),
    },
  },
} satisfies WebSocketCheck

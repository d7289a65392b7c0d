import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import { sleep } from '../../../world/timer.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'

const PIECE_BYTES = 1024 * 1024
const MOST_PIECES = 128

const stopsReading = webSocketServer({
  opened: async ({ connection }) => {
    connection.stopReading()
    await sleep(connection.clock, 600_000)
  },
})

export default {
  title: 'There is a limit to the size of a message',
  level: 'quality',
  spec: rfc6455(
    '10.4',
    'Implementations that have implementation- and/or platform-specific limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
  ),
  why: 'A server without a limit keeps whatever it is sent until the memory is gone.',
  fix: 'Set a limit to the message after reassembly and close with 1009 over it.',
  covers: [{ row: 'ws.sec.max-message' }],
  needs: ['echo'],
  alone: true,
  async run(server) {
    const socket = await server.connect()
    const payload = Buffer.alloc(PIECE_BYTES, 'x')
    let opcode: number = OPCODE.binary
    for (let pieces = 1; pieces <= MOST_PIECES; pieces += 1) {
      socket.send({ opcode, payload, fin: false })
      opcode = OPCODE.continuation
      const taken = await socket.peer.drained(server.timeoutMs)
      const received = await socket.next(0)
      if (received.kind === 'silence' && taken) continue
      const after = `after ${pieces} MiB`
      if (received.kind === 'silence') return warn('Close 1009', `${after} it reads no more, and stays open`)
      return pass(`${after}: ${describeReceived(received)}`)
    }
    return warn('Close 1009', `no limit up to ${MOST_PIECES} MiB`)
  },
  selfTest: {
    passes: {
      '3 MiB': { peer: webSocketServer({ maxMessageBytes: 3 * PIECE_BYTES }), says: '1009' },
      'drops the connection': webSocketServer({ frame: (_, side) => void side.connection.reset() }),
    },
    warns: {
      none: { peer: webSocketServer({ frame: () => true }), says: 'no limit up to 128 MiB' },
      'stops reading': { peer: stopsReading, says: 'reads no more' },
    },
  },
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'
import type { WebSocketPeer } from '../../../wire/websocket-peer.ts'
import type { WebSocketServer } from '../../../wire/websocket-server.ts'

const MESSAGE = Buffer.alloc(64 * 1024, 'x')
const MOST_BYTES = 64 * 1024 * 1024
const STALLED_MS = 1500

/** It has not read for a while, and not because it had no time: in the meantime it opens another connection. */
async function stalls(server: WebSocketServer, socket: WebSocketPeer): Promise<boolean> {
  if (await socket.peer.drained(STALLED_MS)) return false
  ;(await server.upgrade()).peer.destroy()
  return !(await socket.peer.drained(STALLED_MS))
}

export default {
  title: 'A client that does not read is not served without end',
  level: 'quality',
  spec: rfc6455(
    '10.4',
    'Implementations that have implementation- and/or platform-specific limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
  ),
  why: 'What a client does not read is kept in memory: a few clients that never read bring the server down.',
  fix: 'Stop reading from a client whose answers cannot be sent, or close it over a limit of unsent octets.',
  covers: [{ row: 'ws.sec.slow-reader' }],
  needs: ['echo'],
  alone: true,
  async run(server) {
    const socket = await server.connect()
    socket.peer.stopReading()
    for (let sent = 0; sent < MOST_BYTES; sent += MESSAGE.length) {
      socket.binary(MESSAGE)
      const mebibytes = ((sent + MESSAGE.length) / 1024 / 1024).toFixed(1)
      if (await stalls(server, socket)) return pass(`it reads no more after ${mebibytes} MiB`)
      if (socket.peer.end !== null) return pass(`it ends the connection after ${mebibytes} MiB`)
    }
    return warn(
      'the server to stop reading, or to close',
      `it took ${MOST_BYTES / 1024 / 1024} MiB whose echo nobody reads`,
    )
  },
  selfTest: {
    passes: {
      'stops reading': {
        peer: webSocketServer({
          message: async (side, opcode, payload) => {
            side.message(opcode, payload)
            await side.connection.drained(600_000)
          },
        }),
        says: 'reads no more',
      },
      closes: {
        peer: webSocketServer({ message: side => side.connection.reset() }),
        says: 'ends the connection',
      },
    },
    warns: { 'keeps everything': webSocketServer({ message: () => {} }) },
  },
} satisfies WebSocketCheck

import type { SelfTests } from '../check.ts'
import { webSocketServer } from './websocket-server.ts'
import type { WebSocketSide } from './websocket-side.ts'

/** Says something at once and reads what comes without looking at it, which costs less than parsing megabytes. */
const insteadOfReading = (answer: (side: WebSocketSide) => void) =>
  webSocketServer({
    async opened(side) {
      await side.connection.read(60_000)
      answer(side)
      while ((await side.connection.read(60_000)).kind === 'bytes');
      side.connection.finish()
    },
  })

/** The peers of the checks that send large messages. */
export function largeMessagePeers(): { passes: SelfTests; warns: SelfTests; fails: SelfTests } {
  return {
    passes: {
      'echoes all': webSocketServer(),
      'refuses what is too large': { peer: insteadOfReading(side => side.close(1009)), says: 'refused' },
    },
    warns: {
      'drops the connection': { peer: insteadOfReading(side => side.connection.reset()), says: 'ECONNRESET' },
      'closes with 1002': insteadOfReading(side => side.close(1002)),
      'never answers': { peer: insteadOfReading(() => {}), says: 'nothing within' },
    },
    fails: {
      'damages one octet': {
        peer: webSocketServer({
          message(side, opcode, payload) {
            const damaged = Buffer.from(payload)
            damaged[damaged.length - 2] = 0x20
            side.message(opcode, damaged)
          },
        }),
        says: 'another octet',
      },
      'cuts it': webSocketServer({ message: (side, opcode, payload) => side.message(opcode, payload.subarray(1)) }),
    },
  }
}

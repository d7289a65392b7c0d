import type { SelfTestCase, SelfTests } from '../check.ts'
import { webSocketServer } from './websocket-server.ts'
import type { WebSocketSide } from './websocket-side.ts'

/** Says something at once and reads what comes without looking at it, which costs less than parsing megabytes. */
export const insteadOfReading = (answer: (side: WebSocketSide) => void) =>
  webSocketServer({
    async opened(side) {
      await side.connection.read(60_000)
      answer(side)
      while ((await side.connection.read(60_000)).kind === 'bytes');
      side.connection.finish()
    },
  })

const refuses: SelfTestCase = { peer: insteadOfReading(side => side.close(1009)), says: 'refused' }
const drops: SelfTestCase = { peer: insteadOfReading(side => side.connection.reset()), says: 'ECONNRESET' }
const damages: SelfTestCase = {
  peer: webSocketServer({
    message(side, opcode, payload) {
      const damaged = Buffer.from(payload)
      damaged[damaged.length - 2] = 0x20
      side.message(opcode, damaged)
    },
  }),
  says: 'another octet',
}

export interface LargeMessagePeers {
  passes: SelfTests
  warns: SelfTests
  fails: SelfTests
}

/** One for each verdict. The checks of large messages share their judgement: one of them tries it with all peers. */
export const largeMessagePeers: LargeMessagePeers = {
  passes: { 'echoes all': webSocketServer(), 'refuses what is too large': refuses },
  warns: { 'drops the connection': drops },
  fails: { 'damages one octet': damages },
}

/** One for each way to get it wrong. */
export const allLargeMessagePeers: LargeMessagePeers = {
  passes: largeMessagePeers.passes,
  warns: {
    ...largeMessagePeers.warns,
    'closes with 1002': insteadOfReading(side => side.close(1002)),
    'never answers': { peer: insteadOfReading(() => {}), says: 'nothing within' },
  },
  fails: {
    ...largeMessagePeers.fails,
    'cuts it': webSocketServer({ message: (side, opcode, payload) => side.message(opcode, payload.subarray(1)) }),
  },
}

import { encodeClosePayload } from '../../protocol/websocket/close-code.ts'
import type { SelfTests } from '../check.ts'
import type { FrameFault } from './frame-fault.ts'
import { webSocketServer } from './websocket-server.ts'

/** The peers that every check of an illegal Close is tried on. */
export function illegalClosePeers(fault: FrameFault): { passes: SelfTests; warns: SelfTests; fails: SelfTests } {
  const tolerates = [fault]
  return {
    passes: {
      'closes with the code of the fault': webSocketServer(),
      'drops the connection': webSocketServer({ failing: side => side.connection.reset() }),
      'ends without a Close frame': webSocketServer({ failing: side => side.connection.finish() }),
    },
    warns: {
      'closes with 1011': webSocketServer({ failing: side => side.close(1011) }),
      'takes it for a legal one': {
        peer: webSocketServer({ tolerates, closeAnswer: () => encodeClosePayload(1000) }),
        says: 'Close 1000',
      },
    },
    fails: {
      'sends it back': webSocketServer({ tolerates, closeAnswer: payload => payload }),
      'never answers': {
        peer: webSocketServer({ failing: () => {} }),
        says: 'still open',
      },
    },
  }
}

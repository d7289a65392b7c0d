import { OPCODE } from '../../protocol/websocket/opcode.ts'
import type { SelfTests } from '../check.ts'
import type { FrameFault } from './frame-fault.ts'
import { webSocketServer } from './websocket-server.ts'

/** The peers that every check of a violation is tried on: all ways to fail the connection, and all ways not to. */
export function violationPeers(faults: readonly FrameFault[]): {
  passes: SelfTests
  warns: SelfTests
  fails: SelfTests
} {
  return {
    passes: {
      'closes with the code of the fault': webSocketServer(),
      'drops the connection': webSocketServer({ failing: side => side.connection.reset() }),
      'ends without a Close frame': webSocketServer({ failing: side => side.connection.finish() }),
    },
    warns: {
      'closes with 1011': {
        peer: webSocketServer({ failing: side => side.close(1011) }),
        says: 'Close 1011 internal error',
      },
    },
    fails: {
      'takes it for legal': webSocketServer({ tolerates: faults }),
      'ignores it': {
        peer: webSocketServer({ tolerates: faults, message: () => {}, pong: keptForProbe }),
        says: 'stays open',
      },
      'goes silent': { peer: webSocketServer({ failing: () => {} }), says: 'still open after' },
      'answers, then closes': {
        peer: webSocketServer({
          failing(side, code) {
            side.send({ opcode: OPCODE.pong, payload: Buffer.from('answer') })
            side.close(code)
            side.connection.finish()
          },
        }),
        says: 'pong frame',
      },
    },
  }
}

/** The same peers for a rule that the document only implies for the receiver. */
export function impliedViolationPeers(faults: readonly FrameFault[]): { passes: SelfTests; warns: SelfTests } {
  const { passes, warns, fails } = violationPeers(faults)
  return { passes, warns: { ...warns, ...fails } }
}

/** Answers only the ping that asks whether the connection is still there. */
function keptForProbe(payload: Buffer): Buffer | null {
  return payload.toString('latin1').startsWith('rtbench-') ? payload : null
}

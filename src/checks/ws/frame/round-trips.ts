import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketServer } from '../../../wire/websocket-server.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, type Verdict, warn } from '../../verdict.ts'
import { awaitEcho, type Message } from '../../websocket/echo.ts'

const SIZES = [0, 16, 64, 256, 1024, 4096]
const ROUNDS = 1000
const AUTOBAHN = ['9.7.1-9.7.6', '9.8.1-9.8.6']
/** On a long way fewer rounds must do. */
const ENOUGH_MS = 1500

const cases = [OPCODE.text, OPCODE.binary].flatMap(opcode =>
  SIZES.map(size => ({
    name: `${opcode === OPCODE.text ? 'text' : 'binary'} of ${size}`,
    message: { opcode, payload: Buffer.alloc(size, opcode === OPCODE.text ? '*' : 0xfe) },
  })),
)

async function roundTrips(server: WebSocketServer, message: Message): Promise<Verdict> {
  const socket = await server.connect()
  const { clock } = server
  const startedAt = clock.now()
  const times: number[] = []
  while (times.length < ROUNDS && clock.now() - startedAt < ENOUGH_MS) {
    const sentAt = clock.now()
    socket.send(message)
    const verdict = await awaitEcho(server, socket, message)
    if (verdict.kind !== 'pass') {
      const observed = 'observed' in verdict ? verdict.observed : ''
      return warn(`${ROUNDS} echoes`, `${observed} after ${times.length} of them`)
    }
    times.push(clock.now() - sentAt)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(3)
  return pass(`p50 ${at(0.5)} ms, p99 ${at(0.99)} ms over ${times.length} round trips`)
}

export default {
  title: 'A thousand messages, one after the other, come back; how fast is told',
  level: 'quality',
  spec: practice('round trips', 'A connection carries any number of messages one after the other.'),
  why: 'A connection that loses one message in a thousand, or slows down with their number, passes every shorter test.',
  fix: 'Look for state that grows with each message, and for Nagle’s algorithm (set TCP_NODELAY) where p50 is near 40 ms.',
  covers: [{ row: 'ws.fr.rtt', autobahn: AUTOBAHN, literally: AUTOBAHN }],
  needs: ['echo'],
  alone: true,
  async run(server) {
    const told: string[] = []
    const verdict = await tryCases(cases, async one => {
      const result = await roundTrips(server, one.message)
      if (result.kind === 'pass') told.push(`${one.name}: ${result.observed}`)
      return result
    })
    return verdict.kind === 'pass' ? pass(told.join('; ')) : verdict
  },
  selfTest: {
    passes: { 'echoes all': { peer: webSocketServer(), says: 'over 1000 round trips' } },
    warns: {
      'loses one': {
        peer: () => {
          let count = 0
          return webSocketServer({
            message: (side, opcode, payload) => ((count += 1) === 700 ? undefined : side.message(opcode, payload)),
          })()
        },
        says: 'after 699 of them',
      },
      'ends after 100': {
        peer: () => {
          let count = 0
          return webSocketServer({
            message: (side, opcode, payload) => ((count += 1) > 100 ? side.close(1011) : side.message(opcode, payload)),
          })()
        },
        says: 'Close 1011',
      },
    },
  },
} satisfies WebSocketCheck

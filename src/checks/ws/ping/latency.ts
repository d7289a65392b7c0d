import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { sleep } from '../../../world/timer.ts'
import { pass, warn } from '../../verdict.ts'

const SIZE = 256 * 1024
const PINGS = 20
const SLOW_MS = 1000
/** A slow server has shown by then that it is slow. */
const ENOUGH_MS = 10_000

export default {
  title: 'Pings are answered soon while large messages are echoed',
  level: 'should',
  spec: rfc6455('5.5.2', 'It SHOULD respond with Pong frame as soon as is practical.'),
  why: 'A pong that waits behind seconds of data makes clients and proxies take a busy connection for a dead one.',
  fix: 'Send pongs ahead of queued data, between fragments, and do not block the reader while the application works.',
  covers: [{ row: 'ws.pp.latency' }],
  needs: ['echo'],
  alone: true,
  async run(server) {
    const socket = await server.connect()
    const { clock } = server
    const times: number[] = []
    const payload = Buffer.alloc(SIZE, 'rtbench ')
    const startedAt = clock.now()
    for (let index = 0; index < PINGS && clock.now() - startedAt < ENOUGH_MS; index += 1) {
      socket.send({ opcode: OPCODE.binary, payload })
      const sentAt = clock.now()
      socket.ping(`latency ${index}`)
      let pong = false
      let echo = false
      while (!pong || !echo) {
        const received = await socket.next()
        if (received.kind !== 'frame' || received.frame.opcode === OPCODE.close) {
          return warn('a pong and the echo', `${describeReceived(received)} after ${index} of ${PINGS}`)
        }
        if (received.frame.opcode === OPCODE.pong) {
          pong = true
          times.push(clock.now() - sentAt)
        } else echo ||= received.frame.fin
      }
    }
    times.sort((a, b) => a - b)
    const at = (share: number) => times[Math.floor((times.length - 1) * share)]!
    const observed = `p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms of ${times.length} pings`
    return at(0.5) <= SLOW_MS ? pass(observed) : warn(`p50 within ${SLOW_MS} ms`, observed)
  },
  selfTest: {
    passes: { 'answers at once': webSocketServer() },
    warns: {
      'takes 3 s for each message': {
        peer: webSocketServer({
          async message(side, opcode, payload) {
            await sleep(side.connection.clock, 3000)
            side.message(opcode, payload)
          },
        }),
        says: 'p50 3000.0 ms',
      },
      'never answers': webSocketServer({ pong: () => null }),
      closes: webSocketServer({ message: side => side.close(1009) }),
    },
  },
} satisfies WebSocketCheck

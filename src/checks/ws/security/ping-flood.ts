import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { maskedFrame } from '../../../wire/websocket-peer.ts'
import { answerStatus } from '../../../wire/websocket-server.ts'
import { sleep } from '../../../world/timer.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { insteadOfReading } from '../../peers/large-message-peers.ts'
import type { ScriptedServer } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'

const PINGS = 100_000
const AT_ONCE = 1000
const STALLED_MS = 1500

const stopsReading = webSocketServer({
  opened: async ({ connection }) => {
    connection.stopReading()
    await sleep(connection.clock, 600_000)
  },
})

/** Survives one connection. */
const once: ScriptedServer = () => {
  const alive = webSocketServer()()
  let served = 0
  return {
    async accept(connection) {
      served += 1
      if (served === 1) await alive.accept(connection)
      else connection.finish()
    },
  }
}

export default {
  title: 'A flood of pings whose pongs are not read does not stop the server',
  level: 'quality',
  spec: rfc6455(
    '5.5.2',
    'Upon receipt of a Ping frame, an endpoint MUST send a Pong frame in response, unless it already received a Close frame.',
  ),
  why: 'Each ping costs the sender nothing and the server an answer that it may have to keep.',
  fix: 'Stop reading while pongs cannot be sent, answer only the latest ping (§5.5.3), or close the connection.',
  covers: [{ row: 'ws.sec.ping-flood' }],
  alone: true,
  async run(server) {
    const socket = await server.connect()
    socket.peer.stopReading()
    const ping = maskedFrame({ opcode: OPCODE.ping, payload: Buffer.alloc(125, 'p') })
    const many = Buffer.concat(Array.from({ length: AT_ONCE }, () => ping))
    let sent = 0
    let how = 'all were taken'
    while (sent < PINGS && how === 'all were taken') {
      socket.sendBytes(many)
      sent += AT_ONCE
      if (!(await socket.peer.drained(STALLED_MS))) how = 'it reads no more'
      else if (socket.peer.end !== null) how = 'it ended the connection'
    }
    const { answer } = await server.upgrade()
    const observed = `after ${sent} pings ${how}; the next handshake: ${describeHandshake(answer)}`
    return answerStatus(answer) === 101 ? pass(observed) : warn('101 on the next connection', observed)
  },
  selfTest: {
    passes: {
      'takes them all': { peer: insteadOfReading(() => {}), says: 'all were taken' },
      closes: { peer: webSocketServer({ frame: (_, side) => void side.connection.reset() }), says: 'ended' },
      'stops reading': { peer: stopsReading, says: 'reads no more' },
    },
    warns: {
      'is gone': { peer: once, says: 'before a response head' },
    },
  },
} satisfies WebSocketCheck

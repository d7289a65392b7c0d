import { describeReceived } from '../../../wire/describe-received.ts'
import type { WebSocketPeer } from '../../../wire/websocket-peer.ts'
import type { WebSocketCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import type { WebSocketSide } from '../../peers/websocket-side.ts'
import { pass, type Verdict, warn } from '../../verdict.ts'

const CONNECTIONS = 8
const ROUNDS = 20
const MARK = 'rtbench isolation'

async function talk(socket: WebSocketPeer, name: string): Promise<Verdict> {
  for (let round = 0; round < ROUNDS; round += 1) socket.text(`${name} ${round}`)
  for (let round = 0; round < ROUNDS;) {
    const received = await socket.message()
    const text = received.kind === 'message' ? received.payload.toString('utf8') : ''
    if (received.kind === 'message' && !text.startsWith(MARK)) continue
    const expected = `${name} ${round}`
    if (text !== expected) return warn(expected, describeReceived(received))
    round += 1
  }
  return pass()
}

export default {
  title: 'Messages of one connection do not reach another',
  level: 'quality',
  spec: practice('isolation', 'An echo goes to the connection from which the message came.'),
  why: 'Buffers shared between connections show up only when several talk at once, and then one user sees another’s data.',
  fix: 'Keep parser state and send buffers per connection. (A chat that sends everything to everybody is no echo: --no-echo.)',
  covers: [{ row: 'ws.fr.isolation' }],
  needs: ['echo'],
  async run(server) {
    const sockets: WebSocketPeer[] = []
    for (let index = 0; index < CONNECTIONS; index += 1) sockets.push(await server.connect())
    const verdicts = await Promise.all(sockets.map((socket, index) => talk(socket, `${MARK} ${index}`)))
    return verdicts.find(({ kind }) => kind !== 'pass') ?? pass(`${CONNECTIONS} connections, ${ROUNDS} messages each`)
  },
  selfTest: {
    passes: { 'keeps them apart': webSocketServer() },
    warns: {
      'sends to all': {
        peer: () => {
          const all: WebSocketSide[] = []
          return webSocketServer({
            opened: side => void all.push(side),
            message: (_side, opcode, payload) => all.forEach(side => side.message(opcode, payload)),
          })()
        },
        says: 'rtbench isolation',
      },
      'mixes up connections': () => {
        let last: WebSocketSide | null = null
        return webSocketServer({
          message(side, opcode, payload) {
            ;(last ?? side).message(opcode, payload)
            last = side
          },
        })()
      },
    },
  },
} satisfies WebSocketCheck

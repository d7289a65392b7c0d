import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import { maskedFrames } from '../../../wire/websocket-peer.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass, type Verdict } from '../../verdict.ts'
import { nextControl } from '../../websocket/pings.ts'
import type { WebSocketServer } from '../../../wire/websocket-server.ts'

const payloads = Array.from({ length: 10 }, (_, index) => `payload-${index}`)
const LAST = payloads.at(-1)!

async function burst(server: WebSocketServer, split?: number): Promise<Verdict> {
  const socket = await server.connect()
  const bytes = maskedFrames(payloads.map(payload => ({ opcode: OPCODE.ping, payload: Buffer.from(payload) })))
  await socket.peer.sendSplit(bytes, split ?? bytes.length)
  let before = -1
  for (let pongs = 1; ; pongs += 1) {
    const received = await nextControl(socket, server.timeoutMs)
    const payload = received.kind === 'frame' && received.frame.opcode === OPCODE.pong ? received.frame.payload : null
    const index = payload === null ? -1 : payloads.indexOf(payload.toString('latin1'))
    if (index <= before) return fail(`pongs in the order of the pings, up to "${LAST}"`, describeReceived(received))
    before = index
    if (payloads[index] === LAST) return pass(`${pongs} pongs for ${payloads.length} pings`)
  }
}

export default {
  title: 'Ten pings at once are answered in order, the last one at least',
  level: 'must',
  spec: rfc6455(
    '5.5.3',
    'If an endpoint receives a Ping frame and has not yet sent Pong frame(s) in response to previous Ping frame(s), the endpoint MAY elect to send a Pong frame for only the most recently processed Ping frame.',
  ),
  why: 'A client that counts unanswered pings cuts the connection when the last one stays unanswered.',
  fix: 'Answer each ping, or whenever you answer, the latest.',
  covers: [{ row: 'ws.pp.burst', autobahn: ['2.10', '2.11'], literally: ['2.10', '2.11'] }],
  run: server =>
    tryCases([{ name: 'in one segment' }, { name: 'octet by octet', split: 1 }], ({ split }) => burst(server, split)),
  selfTest: {
    passes: {
      'answers all': webSocketServer(),
      'answers the last only': webSocketServer({
        pong: payload => (payload.toString('latin1') === LAST ? payload : null),
      }),
    },
    fails: {
      'leaves the last out': {
        peer: webSocketServer({ pong: payload => (payload.toString('latin1') === LAST ? null : payload) }),
        says: 'nothing within',
      },
      'repeats the first': {
        peer: webSocketServer({ pong: () => Buffer.from('payload-0') }),
        says: 'payload-0',
      },
      closes: webSocketServer({ frame: (_frame, side) => (side.close(1008), true) }),
    },
  },
} satisfies WebSocketCheck

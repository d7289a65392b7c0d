import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import { maskedFrame } from '../../../wire/websocket-peer.ts'
import type { WebSocketServer } from '../../../wire/websocket-server.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { insteadOfReading } from '../../peers/large-message-peers.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, type Verdict, warn } from '../../verdict.ts'
import { parseClosePayload } from '../../../protocol/websocket/close-code.ts'

const COUNTS = [10_000, 100_000]
const LIMIT_CODES: ReadonlySet<number> = new Set([1002, 1008, 1009])
const payload = Buffer.from('rtbench')

async function attempt(server: WebSocketServer, count: number): Promise<Verdict> {
  const socket = await server.connect()
  const startedAt = server.clock.now()
  const empty = maskedFrame({ opcode: OPCODE.continuation, fin: false })
  socket.send({ opcode: OPCODE.text, fin: false, payload })
  socket.sendBytes(Buffer.alloc(empty.length * count, empty))
  socket.send({ opcode: OPCODE.continuation })
  const received = await socket.message()
  const ms = Math.round(server.clock.now() - startedAt)
  if (received.kind === 'message' && received.payload.equals(payload)) return pass(`echoed after ${ms} ms`)
  if (received.kind === 'close') {
    const close = parseClosePayload(received.frame.payload)
    if ('code' in close && LIMIT_CODES.has(close.code)) return pass(`${describeReceived(received)} after ${ms} ms`)
  }
  return warn('the echo, or Close 1008 or 1009', describeReceived(received))
}

export default {
  title: 'A message of 100,000 empty fragments does no harm',
  level: 'quality',
  spec: rfc6455(
    '10.4',
    'Implementations that have implementation- and/or platform-specific limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
  ),
  why: 'Empty fragments count nothing towards the largest message, but each may cost a list entry: 6 octets on the wire, a hundred in memory.',
  fix: 'Do not keep empty fragments, or limit their number and close with 1008 or 1009.',
  covers: [{ row: 'ws.fr.tiny-frags' }, { row: 'ws.sec.max-frags' }],
  needs: ['echo'],
  alone: true,
  async run(server) {
    const told: string[] = []
    const verdict = await tryCases(
      COUNTS.map(count => ({ name: `${count} fragments`, count })),
      async one => {
        const result = await attempt(server, one.count)
        if (result.kind === 'pass') told.push(`${one.name}: ${result.observed}`)
        return result
      },
    )
    return verdict.kind === 'pass' ? pass(told.join('; ')) : verdict
  },
  selfTest: {
    passes: {
      'joins them': { peer: webSocketServer(), says: 'echoed' },
      'has a limit': {
        peer: insteadOfReading(side => side.close(1008)),
        says: 'Close 1008',
      },
    },
    warns: {
      'breaks down': { peer: insteadOfReading(side => side.connection.reset()), says: 'ECONNRESET' },
      'never answers': insteadOfReading(() => {}),
      'closes with 1011': insteadOfReading(side => side.close(1011)),
      'answers something else': insteadOfReading(side => side.text('')),
    },
  },
} satisfies WebSocketCheck

import { bodyStream } from '../../../wire/http-answer.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { lines } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, type Verdict, warn } from '../../verdict.ts'
import { awaitFailure } from '../../websocket-outcome.ts'

const TRACE =
  /Traceback \(most recent|\n\s+at \S+ \(?\S+:\d+|\w\.java:\d+\)|goroutine \d+ \[|node_modules|site-packages|stack trace/i
const MOST_BYTES = 64 * 1024

const cases = [
  { name: 'a bad key', change: { key: 'eA==' } },
  { name: 'another version', change: lines('sec-websocket-version', 'Sec-WebSocket-Version: 99') },
  { name: 'an unknown path', change: { target: '/rtbench-unknown/%00' } },
]

function judge(text: string): Verdict {
  const found = TRACE.exec(text)
  return found === null ? pass() : warn('no stack trace', JSON.stringify(text.slice(found.index, found.index + 120)))
}

export default {
  title: 'Errors show nothing of the inside',
  level: 'quality',
  spec: practice('error texts', 'An error names what the client did wrong, and no file, line or stack of the server.'),
  why: 'A stack trace tells an attacker which versions and paths to aim at.',
  fix: 'Answer errors with a fixed text and log the details on the server.',
  covers: [{ row: 'ws.sec.verbose' }],
  async run(server) {
    const refused = await tryCases(cases, async ({ change }) => {
      const { answer, peer } = await server.upgrade(change)
      if (answer.kind !== 'head' || answer.head.status === 101) return pass()
      const { bytes } = await bodyStream(peer, answer.head, 'GET').all(server.quietMs, MOST_BYTES)
      return judge(bytes.toString('latin1'))
    })
    if (refused.kind !== 'pass') return refused
    const socket = await server.connect()
    socket.send({ opcode: 3, payload: Buffer.from('reserved') })
    const { close } = await awaitFailure(server, socket)
    return close === null ? refused : judge(close.payload.toString('latin1', 2))
  },
  selfTest: {
    passes: { 'short texts': webSocketServer() },
    warns: {
      'a stack in the body': {
        peer: webSocketServer({
          respond: usual => (usual.status === 101 ? usual : refusal(500, 'Error\n    at upgrade (/srv/app.js:10:3)\n')),
        }),
        says: 'a bad key',
      },
      'a stack in the reason': {
        peer: webSocketServer({ failing: (side, code) => side.close(code, 'Traceback (most recent call last)') }),
        says: 'Traceback',
      },
    },
  },
} satisfies WebSocketCheck

import type { Peer } from '../../../wire/peer.ts'
import { answerStatus } from '../../../wire/websocket-server.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6585 } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import type { ScriptedServer } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'

const cases = [8, 16, 64].map(kibibytes => ({ name: `${kibibytes} KiB`, bytes: kibibytes * 1024 }))

function cut(peer: Peer): null {
  peer.reset()
  return null
}

/** The process does not survive: whoever comes later finds nobody. */
const diesOfBigHeader: ScriptedServer = () => {
  const alive = webSocketServer()()
  let dead = false
  return {
    async accept(connection) {
      if (dead) {
        connection.finish()
        return
      }
      const read = await connection.read(60_000)
      if (read.kind !== 'bytes') return
      dead = read.bytes.length > 8192
      connection.unread(read.bytes)
      await alive.accept(connection)
    },
  }
}

export default {
  title: 'A big header is taken or refused, and the server goes on',
  level: 'quality',
  spec: rfc6585(
    '5',
    'The 431 status code indicates that the server is unwilling to process the request because its header fields are too large.',
  ),
  why: 'Cookies of 8 KiB and more are common; a server that crashes or hangs over a bigger one can be stopped by anybody.',
  fix: 'Limit the size of the head, answer 431 over it and close the connection.',
  covers: [{ row: 'ws.hs.big-header' }],
  run: server =>
    tryCases(cases, async ({ bytes }) => {
      const headers = [...server.defaults.headers, ['X-Rtbench', 'x'.repeat(bytes)] as const]
      const { answer } = await server.upgrade({ headers })
      const after = await server.upgrade()
      const observed = describeHandshake(answer)
      if (answerStatus(after.answer) !== 101) return warn('101 on the next connection', describeHandshake(after.answer))
      if (answer.kind === 'silence') return warn('101, 431 or 400, or the connection ended', observed)
      const status = answerStatus(answer)
      if (status === 101 || status === 431 || status === 400) return pass(observed)
      return warn('101, 431 or 400', observed)
    }),
  selfTest: {
    passes: { 'refuses from 12 KiB on': webSocketServer(), 'takes it': webSocketServer({ accepts: ['size'] }) },
    warns: {
      'a server error': webSocketServer({ respond: usual => (usual.status === 431 ? refusal(502, 'no') : usual) }),
      'ends the connection': webSocketServer({
        respond: (usual, _, peer) => (usual.status === 431 ? cut(peer) : usual),
      }),
      'goes silent': webSocketServer({ respond: usual => (usual.status === 431 ? null : usual) }),
      'is gone afterwards': { peer: diesOfBigHeader, says: 'before a response head' },
    },
  },
} satisfies WebSocketCheck

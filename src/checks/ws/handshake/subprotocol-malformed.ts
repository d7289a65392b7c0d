import { header } from '../../../protocol/http1/head.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { judgeError, lines } from '../../handshake-outcome.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { warn } from '../../verdict.ts'

const NAME = 'sec-websocket-protocol'
const line = (value: string) => lines(NAME, `Sec-WebSocket-Protocol: ${value}`)

const cases = [
  { name: 'empty', change: line('') },
  { name: 'an empty member', change: line('a,,b') },
  { name: 'a space inside', change: line('a b') },
  { name: 'a separator inside', change: line('a/b') },
  { name: 'the same twice', change: line('a, a') },
]

export default {
  title: 'A malformed list of subprotocols is refused',
  level: 'must',
  spec: rfc6455(
    '4.1',
    'The elements that comprise this value MUST be non-empty strings with characters in the range U+0021 to U+007E not including separator characters as defined in [RFC2616] and MUST all be unique strings.',
  ),
  why: 'A server that picks something out of a malformed list may answer with what the client never meant; §4.2.1 leaves no choice but to refuse.',
  fix: 'Parse the header by its grammar (1#token) and answer 400 where it does not follow it or repeats a name.',
  covers: [{ row: 'ws.hs.sub-malformed' }],
  // An empty list member is allowed in HTTP lists in general (RFC 9110 §5.6.1.2), so a lenient parser is no breach.
  run: server =>
    tryCases(cases, async ({ name, change }) => {
      const verdict = judgeError((await server.upgrade(change)).answer)
      const lenient = verdict.kind === 'fail' && (name === 'an empty member' || name === 'empty')
      return lenient ? warn(verdict.expected, verdict.observed) : verdict
    }),
  selfTest: {
    passes: { 'refuses them': webSocketServer() },
    warns: {
      'passes over empty members': webSocketServer({
        respond: (usual, request) => (/^(|a,,b)$/.test(header(request, NAME)!) ? { ...usual, status: 101 } : usual),
      }),
    },
    fails: { 'takes them': { peer: webSocketServer({ accepts: ['subprotocol'] }), says: 'the same twice' } },
  },
} satisfies WebSocketCheck

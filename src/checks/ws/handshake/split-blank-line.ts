import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { judgeOpened, tryHandshakes, type HandshakeCase } from '../../handshake-outcome.ts'
import { waitsForWholeSegment } from '../../peers/segments.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'

const cases: HandshakeCase[] = [
  { name: 'after CR', change: {}, sending: { split: [-3], pauseMs: 20 } },
  { name: 'after CRLF', change: {}, sending: { split: [-2], pauseMs: 20 } },
  { name: 'after CRLF CR', change: {}, sending: { split: [-1], pauseMs: 20 } },
]

export default {
  title: 'A handshake may be split inside the blank line that ends it',
  level: 'must',
  spec: rfc6455('4.2.1', "The client's opening handshake consists of the following parts."),
  why: 'Parsers that look for CRLF CRLF in each segment alone wait for ever.',
  fix: 'Look for the blank line in everything received so far.',
  covers: [{ row: 'ws.hs.split-crlf' }],
  run: server => tryHandshakes(server, cases, judgeOpened),
  selfTest: {
    passes: { opens: webSocketServer() },
    fails: { 'looks at single segments': { peer: waitsForWholeSegment, says: 'no response head' } },
  },
} satisfies WebSocketCheck

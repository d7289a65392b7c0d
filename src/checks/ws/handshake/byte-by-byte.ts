import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { judgeOpened, tryHandshakes, type HandshakeCase } from '../../handshake-outcome.ts'
import { refusesPartOfRequest } from '../../peers/segments.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'

const cases: HandshakeCase[] = [{ name: '1 octet per segment', change: {}, sending: { split: 1, pauseMs: 1 } }]

export default {
  title: 'A handshake may arrive octet by octet',
  level: 'must',
  spec: rfc6455('4.2.1', "The client's opening handshake consists of the following parts."),
  why: 'TCP keeps no boundaries: a slow or small path splits a request anywhere.',
  fix: 'Collect octets until the blank line before the request is parsed.',
  covers: [{ row: 'ws.hs.byte-by-byte' }],
  run: server => tryHandshakes(server, cases, judgeOpened),
  selfTest: {
    passes: { opens: webSocketServer() },
    fails: { 'takes the first segment for the request': { peer: refusesPartOfRequest, says: '400' } },
  },
} satisfies WebSocketCheck

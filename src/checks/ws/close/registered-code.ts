import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { type Verdict, warn } from '../../verdict.ts'
import { closeWith, closing, judgeLegalClose } from '../../websocket/closing.ts'
import { tryCases } from '../../cases.ts'

const CODES = [1012, 1013, 1014]

export default {
  title: 'The close codes registered since RFC 6455 are known: 1012, 1013, 1014',
  level: 'should',
  spec: rfc6455(
    '7.4.2',
    'Status codes in the range 1000-2999 are reserved for definition by this protocol, its future revisions, and extensions specified in a permanent and readily available public specification.',
  ),
  why: 'Proxies and clients send them; a server whose list stops at 1011 reports their orderly close as an error.',
  fix: 'Add 1012, 1013 and 1014 to the codes that may be received.',
  covers: [{ row: 'ws.cl.valid-iana' }],
  run: server =>
    tryCases(
      CODES.map(code => closeWith(code)),
      async ({ payload }): Promise<Verdict> => {
        const code = payload.readUInt16BE()
        const outcome = await closing(server, payload)
        const expected = `Close ${code} or 1000`
        // RFC 6455 itself does not name them, so that refusing them breaks no sentence of it.
        if (!outcome.failed || outcome.close === null) return warn(expected, outcome.observed)
        return judgeLegalClose(outcome, answer => answer === code || answer === 1000 || answer === 1005)
      },
    ),
  selfTest: {
    passes: { 'echoes them': webSocketServer() },
    warns: {
      'drops on 1014': {
        peer: webSocketServer({ closeAnswer: payload => (payload.readUInt16BE() === 1014 ? null : payload) }),
        says: '1014',
      },
      'calls them an error': webSocketServer({ closeAnswer: () => encodeClosePayload(1002) }),
      'goes silent': webSocketServer({ closeAnswer: () => null, ending: () => {} }),
    },
  },
} satisfies WebSocketCheck

import { answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc9112 } from '../../documents.ts'
import { describeHandshake, lines } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { hangsUp } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass, warn } from '../../verdict.ts'

export default {
  title: 'A folded header is refused or unfolded',
  level: 'must',
  spec: rfc9112(
    '5.2',
    'A server that receives an obs-fold in a request message that is not within a "message/http" container MUST either reject the message by sending a 400 (Bad Request), preferably with a representation explaining that obsolete line folding is unacceptable, or replace each received obs-fold with one or more SP octets prior to interpreting the field value or forwarding the message downstream.',
  ),
  why: 'A server that reads the second line as a header of its own sees another request than its proxy does.',
  fix: 'Answer 400 to a header line that begins with white space, or join it to the line before.',
  covers: [{ row: 'ws.hs.obs-fold' }],
  async run(server) {
    // Unfolded, this is a malformed version; a server that takes the second line for a header of its own reads 13.
    const folded = ['X-Rtbench: a', ' Sec-WebSocket-Version: 13'].join('\r\n')
    const { answer } = await server.upgrade(lines('sec-websocket-version', folded))
    const observed = describeHandshake(answer)
    const status = answerStatus(answer)
    if (status === 101 || status === null) return fail('400: the line belongs to the header before it', observed)
    return status >= 400 && status < 500 ? pass(observed) : warn('400', observed)
  },
  selfTest: {
    passes: {
      'unfolds, and misses the version': webSocketServer(),
      refuses: webSocketServer({ respond: () => refusal(400, 'folded') }),
    },
    warns: { 'a server error': webSocketServer({ respond: () => refusal(500, 'oops') }) },
    fails: {
      'takes it for a header': webSocketServer({ accepts: ['version', 'version-value'] }),
      'hangs up': hangsUp,
    },
  },
} satisfies WebSocketCheck

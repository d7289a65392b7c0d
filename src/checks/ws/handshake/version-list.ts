import { headerList } from '../../../protocol/http1/head.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { lines } from '../../handshake-outcome.ts'
import { refusal, withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'

const NAME = 'Sec-WebSocket-Version'
const LEGAL = /^(0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/

export default {
  title: 'The list of versions can be used',
  level: 'must',
  spec: rfc6455(
    '11.3.5',
    'The |Sec-WebSocket-Version| header field is also sent from the server to the client on WebSocket handshake error, when the version received from the client does not match a version understood by the server. In such a case, the header field includes the protocol version(s) supported by the server.',
  ),
  why: 'A client that tries again with a version of the list must get in.',
  fix: 'List the versions in which a handshake succeeds (13), and not the one that was just refused.',
  covers: [{ row: 'ws.hs.ver-list' }],
  blockedBy: ['ws.handshake.version-unsupported'],
  async run(server) {
    const { answer } = await server.upgrade(lines(NAME.toLowerCase(), `${NAME}: 99`))
    const listed = answer.kind === 'head' ? headerList(answer.head, NAME) : []
    const observed = describeAnswer(answer, [NAME])
    if (listed.length === 0 || !listed.every(version => LEGAL.test(version)))
      return fail('numbers from 0 to 255', observed)
    if (listed.includes('99')) return fail('not the version that was refused', observed)
    if (!listed.includes('13')) return fail('version 13, in which the handshake succeeds', observed)
    const again = await server.upgrade(lines(NAME.toLowerCase(), `${NAME}: 13`))
    return answerStatus(again.answer) === 101
      ? pass(observed)
      : fail('101 for version 13', describeAnswer(again.answer))
  },
  selfTest: {
    passes: {
      '13': webSocketServer(),
      'two lines': webSocketServer({
        respond: usual => (usual.status === 101 ? usual : withHeader(usual, NAME, '13, 8', '7')),
      }),
    },
    fails: {
      'the refused one': webSocketServer({ respond: usual => withHeader(usual, NAME, '13, 99') }),
      'no numbers': webSocketServer({ respond: usual => withHeader(usual, NAME, 'hybi-13') }),
      'without 13': webSocketServer({ respond: usual => withHeader(usual, NAME, '8') }),
      'a listed one refused': webSocketServer({
        respond: usual => (usual.status === 101 ? refusal(403, 'no') : usual),
      }),
    },
  },
} satisfies WebSocketCheck

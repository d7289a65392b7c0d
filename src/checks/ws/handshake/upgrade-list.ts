import { header } from '../../../protocol/http1/head.ts'
import { answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc9110 } from '../../documents.ts'
import { describeHandshake, lines } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info } from '../../verdict.ts'

export default {
  title: 'What a list of protocols in Upgrade leads to',
  level: 'info',
  spec: rfc9110(
    '7.8',
    'A client MAY send a list of protocol names in the Upgrade header field of a request to invite the server to switch to one or more of the named protocols, in order of descending preference',
  ),
  why: 'HTTP lets a client offer several protocols; RFC 6455 wants the one value websocket. Both answers are right.',
  fix: 'Nothing is wrong: take websocket out of the list, or refuse.',
  covers: [{ row: 'ws.hs.upg-list' }],
  async run(server) {
    const { answer } = await server.upgrade(lines('upgrade', 'Upgrade: x-rtbench, websocket'))
    return info(`${answerStatus(answer) === 101 ? 'opened' : 'not opened'}: ${describeHandshake(answer)}`)
  },
  selfTest: {
    infos: {
      'finds it in the list': { peer: webSocketServer(), says: 'opened: HTTP/1.1 101' },
      'wants it alone': {
        peer: webSocketServer({
          respond: (usual, request) => (header(request, 'upgrade') === 'websocket' ? usual : refusal(400, 'no')),
        }),
        says: 'not opened: HTTP/1.1 400',
      },
    },
  },
} satisfies WebSocketCheck

import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'

const NAME = 'Sec-WebSocket-Extensions'

export default {
  title: 'No extension is used where none was offered',
  level: 'must',
  spec: rfc6455(
    '4.1',
    "the response includes a |Sec-WebSocket-Extensions| header field and this header field indicates the use of an extension that was not present in the client's handshake (the server has indicated an extension not requested by the client), the client MUST _Fail the WebSocket Connection_.",
  ),
  why: 'The client must drop the connection: it cannot read what the extension would change.',
  fix: 'Send Sec-WebSocket-Extensions only with extensions that the request offers.',
  covers: [{ row: 'ws.hs.ext-none' }],
  async run(server) {
    const { answer } = await server.upgrade()
    const observed = describeAnswer(answer, [NAME])
    return answerHeader(answer, NAME).length === 0 ? pass(observed) : fail(`no ${NAME}`, observed)
  },
  selfTest: {
    passes: { 'uses none': webSocketServer() },
    fails: {
      'compresses unasked': webSocketServer({ respond: usual => withHeader(usual, NAME, 'permessage-deflate') }),
      'sends the header empty': webSocketServer({ respond: usual => withHeader(usual, NAME, '') }),
    },
  },
} satisfies WebSocketCheck

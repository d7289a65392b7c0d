import { acceptKey } from '../../../protocol/websocket/handshake-request.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'

const NAME = 'Sec-WebSocket-Accept'

export default {
  title: 'Sec-WebSocket-Accept proves that the server has read the key',
  level: 'must',
  spec: rfc6455(
    '4.2.2',
    'The value of this header field is constructed by concatenating /key/, defined above in step 4 in Section 4.2.2, with the string "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", taking the SHA-1 hash of this concatenated value to obtain a 20-byte value and base64-encoding (see Section 4 of [RFC4648]) this 20-byte hash.',
  ),
  why: 'A client drops a connection whose accept value is wrong: no browser could connect.',
  fix: 'Answer each request with base64(SHA-1(key + GUID)) of its own key, in exactly one header.',
  covers: [{ row: 'ws.hs.accept' }],
  async run(server) {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const { request, answer } = await server.upgrade()
      const values = answerHeader(answer, NAME)
      const expected = acceptKey(request.key)
      if (values.length !== 1 || values[0] !== expected) {
        return fail(`${NAME}: ${expected} for the key ${request.key}`, describeAnswer(answer, [NAME]))
      }
    }
    return pass('right for two random keys')
  },
  selfTest: {
    passes: { 'answers its own key': webSocketServer() },
    fails: {
      'wrong value': webSocketServer({ respond: usual => withHeader(usual, NAME, acceptKey('x')) }),
      'no header': webSocketServer({ respond: usual => withHeader(usual, NAME) }),
      'the header twice': webSocketServer({
        respond: usual => ({ ...usual, headers: [...usual.headers, ...usual.headers] }),
      }),
    },
  },
} satisfies WebSocketCheck

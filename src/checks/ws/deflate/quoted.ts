import { acceptedDeflate } from '../../../protocol/websocket/handshake-response.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import type { WebSocketCheck } from '../../check.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { rfc6455 } from '../../documents.ts'
import { answersDeflate, declinesDeflate } from '../../peers/deflate-response.ts'
import { fail, pass, warn } from '../../verdict.ts'

export default {
  title: 'A quoted value is read like the bare one',
  level: 'must',
  spec: rfc6455(
    '4.3',
    "When using the quoted-string syntax variant, the value […] after quoted-string unescaping MUST conform to the […] 'token' ABNF.",
  ),
  why: 'Both forms are legal; a parser that takes the quotes for part of the value breaks down on a legal offer.',
  fix: 'Unquote parameter values before reading them.',
  covers: [{ row: 'ws.pmd.quoted' }],
  needs: ['deflate'],
  async run(server) {
    const plain = await server.upgrade({ extensions: 'permessage-deflate; server_max_window_bits=10' })
    const { answer, socket } = await server.upgrade({ extensions: 'permessage-deflate; server_max_window_bits="10"' })
    const observed = describeAnswer(answer, ['Sec-WebSocket-Extensions'])
    if (socket === null) return fail('101', observed)
    const agreed = acceptedDeflate(socket.head)
    const usual = plain.socket === null ? null : acceptedDeflate(plain.socket.head)
    if (agreed?.serverMaxWindowBits === usual?.serverMaxWindowBits) return pass(observed)
    if (agreed === null) return warn('the same answer as to the bare value', observed)
    return fail('the same answer as to the bare value', observed)
  },
  selfTest: {
    passes: {
      'unquotes it': webSocketServer(),
      'declines both': webSocketServer({ respond: declinesDeflate }),
    },
    warns: {
      'declines it': webSocketServer({
        respond: (usual, request) =>
          request.headers.some(([, value]) => value.includes('"')) ? declinesDeflate(usual) : usual,
      }),
    },
    fails: {
      'refuses the connection': webSocketServer({
        respond: (usual, request) =>
          request.headers.some(([, value]) => value.includes('"')) ? { ...usual, status: 400 } : usual,
      }),
      'takes the value for none': webSocketServer({
        respond: (usual, request) =>
          request.headers.some(([, value]) => value.includes('"'))
            ? answersDeflate('permessage-deflate')(usual)
            : usual,
      }),
    },
  },
} satisfies WebSocketCheck

import { judgeDeflateResponse, parseDeflate } from '../../../protocol/websocket/deflate-parameters.ts'
import { parseExtensions } from '../../../protocol/websocket/extension-header.ts'
import { acceptedDeflate } from '../../../protocol/websocket/handshake-response.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader } from '../../../wire/websocket-server.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { answersDeflate } from '../../peers/deflate-response.ts'
import { fail, pass } from '../../verdict.ts'
import { responseFaults } from '../../websocket/deflate-refusal.ts'

const NAME = 'Sec-WebSocket-Extensions'
const offers = [
  'permessage-deflate',
  'permessage-deflate; client_max_window_bits',
  'permessage-deflate; client_max_window_bits=10',
  'permessage-deflate; server_max_window_bits=10',
  'permessage-deflate; server_no_context_takeover; client_no_context_takeover',
].map(name => ({ name }))

export default {
  title: 'The accepted parameters are legal and match the offer',
  level: 'must',
  spec: rfc7692(
    '7.1.2.2',
    'If a received extension negotiation offer doesn\'t have the "client_max_window_bits" extension parameter, the corresponding extension negotiation response to the offer MUST NOT include the "client_max_window_bits" extension parameter.',
  ),
  why: 'A client must fail the connection on a parameter that it did not offer or does not know: no browser gets in.',
  fix: 'Build the answer from the parsed offer: confirm what was asked for, with values no larger, and add nothing that needs an offer.',
  covers: [{ row: 'ws.pmd.resp-params' }],
  needs: ['deflate'],
  run: server =>
    tryCases(offers, async ({ name }) => {
      const { answer, socket } = await server.upgrade({ extensions: name })
      const observed = describeAnswer(answer, [NAME])
      const fault = responseFaults(answerHeader(answer, NAME))
      if (fault !== null) return fail('legal parameters', `${observed} (${fault})`)
      const agreed = socket === null ? null : acceptedDeflate(socket.head)
      socket?.finish()
      const offered = parseExtensions(name)
      if (agreed === null || !offered.ok) return pass()
      const { parameters } = parseDeflate(offered.extensions[0]!, 'offer')
      const faults = judgeDeflateResponse(agreed, parameters)
      if (faults.length === 0) return pass()
      return fail('what was offered', `${observed} (${faults.map(({ text }) => text).join('; ')})`)
    }),
  selfTest: {
    passes: {
      'confirms the offer': webSocketServer(),
      'adds server_no_context_takeover': webSocketServer({
        respond: answersDeflate(
          'permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10',
        ),
      }),
    },
    fails: {
      'client_max_window_bits unasked': {
        peer: webSocketServer({ respond: answersDeflate('permessage-deflate; client_max_window_bits=12') }),
        says: 'not offered',
      },
      'server_max_window_bits over the offer': {
        peer: webSocketServer({ respond: answersDeflate('permessage-deflate; server_max_window_bits=12') }),
        says: '12 over 10',
      },
      'an unknown parameter': webSocketServer({ respond: answersDeflate('permessage-deflate; fast') }),
      'a flag with a value': webSocketServer({
        respond: answersDeflate('permessage-deflate; server_no_context_takeover=1'),
      }),
      'a leading zero': webSocketServer({ respond: answersDeflate('permessage-deflate; server_max_window_bits=08') }),
      'no grammar': webSocketServer({ respond: answersDeflate('permessage-deflate; ; =') }),
      twice: webSocketServer({ respond: answersDeflate('permessage-deflate, permessage-deflate') }),
    },
  },
} satisfies WebSocketCheck

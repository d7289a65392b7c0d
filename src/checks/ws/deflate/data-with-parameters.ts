import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass } from '../../verdict.ts'
import { dataKinds } from '../../websocket/compressible.ts'
import { connectDeflate } from '../../websocket/deflate-connection.ts'
import { echoEverySize } from '../../websocket/deflate-echo.ts'

const offers = [
  'permessage-deflate; server_no_context_takeover',
  'permessage-deflate; server_max_window_bits=9',
  'permessage-deflate; server_max_window_bits=15',
  'permessage-deflate; server_no_context_takeover; server_max_window_bits=9',
  'permessage-deflate; server_no_context_takeover; server_max_window_bits=15',
  'permessage-deflate; server_no_context_takeover; server_max_window_bits=9, permessage-deflate; server_no_context_takeover, permessage-deflate',
  'permessage-deflate; client_no_context_takeover',
  'permessage-deflate; client_max_window_bits=9',
].map(name => ({ name }))

const [json] = dataKinds

export default {
  title: 'Compressed messages are received whole whatever parameters are agreed',
  level: 'must',
  spec: rfc7692(
    '5',
    'If a server responds with a valid PMCE element in the "Sec-WebSocket-Extensions" header and _the WebSocket Connection is established_, both endpoints MUST use the algorithm described in Section 6 and the message payload transformation (compressing and decompressing) procedure of the PMCE configured with the "agreed parameters" returned by the server to exchange messages.',
  ),
  why: 'Each parameter is a code path of its own in the library; the usual browser exercises one of them.',
  fix: 'Give the deflater and the inflater of each direction the values that were agreed for it, not for the other.',
  covers: [
    {
      row: 'ws.pmd.data',
      autobahn: [
        '13.2.1-13.2.18',
        '13.3.1-13.3.18',
        '13.4.1-13.4.18',
        '13.5.1-13.5.18',
        '13.6.1-13.6.18',
        '13.7.1-13.7.18',
      ],
    },
  ],
  needs: ['echo', 'deflate'],
  run: server =>
    tryCases(offers, async ({ name }) => {
      const connection = await connectDeflate(server, name)
      if (connection === null) return pass('declined')
      const verdict = await echoEverySize(connection, json!)
      connection.socket.finish()
      return verdict
    }),
  selfTest: {
    passes: { 'keeps to them': webSocketServer(), 'declines all': webSocketServer({ deflate: false }) },
    fails: {
      'cannot deflate': webSocketServer({
        message: (side, opcode) => side.send({ opcode, rsv1: true, payload: Buffer.from('ffff', 'hex') }),
      }),
      'ends after the first message': {
        peer: () => {
          let count = 0
          return webSocketServer({
            message: (side, opcode, payload) =>
              (count += 1) > 1 ? side.connection.reset() : side.message(opcode, payload),
          })()
        },
        says: 'ECONNRESET',
      },
    },
  },
} satisfies WebSocketCheck

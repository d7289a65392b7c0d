import { formatDeflate } from '../../../protocol/websocket/deflate-parameters.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info } from '../../verdict.ts'
import { connectDeflate } from '../../websocket/deflate-connection.ts'

const offers = [
  'client_no_context_takeover',
  'client_max_window_bits',
  'client_max_window_bits=8',
  'client_max_window_bits=9',
  'client_max_window_bits=12',
  'client_max_window_bits=15',
].map(name => ({ name }))

export default {
  title: 'What the server makes of the client’s own parameters',
  level: 'info',
  spec: rfc7692(
    '7.1.2.2',
    'If a received extension negotiation offer has the "client_max_window_bits" extension parameter, the server MAY include the "client_max_window_bits" extension parameter in the corresponding extension negotiation response to the offer.',
  ),
  why: 'They bound the memory that each connection costs the server for inflating: 32 KiB by default.',
  fix: 'Ask for client_no_context_takeover or a smaller window where many connections are held.',
  covers: [{ row: 'ws.pmd.cnct' }, { row: 'ws.pmd.cmwb' }],
  needs: ['deflate'],
  run: server =>
    tryCases(offers, async ({ name }) => {
      const connection = await connectDeflate(server, `permessage-deflate; ${name}`)
      connection?.socket.finish()
      return info(connection === null ? 'declined' : formatDeflate(connection.agreed))
    }),
  selfTest: {
    infos: {
      'takes them': { peer: webSocketServer(), says: 'client_max_window_bits=9: permessage-deflate' },
      declines: { peer: webSocketServer({ deflate: false }), says: 'client_no_context_takeover: declined' },
    },
  },
} satisfies WebSocketCheck

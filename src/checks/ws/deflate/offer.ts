import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info, warn } from '../../verdict.ts'

export default {
  title: 'Whether permessage-deflate is accepted',
  level: 'info',
  spec: rfc7692(
    '5',
    'If a server responds with no PMCE element in the "Sec-WebSocket-Extensions" header, both endpoints proceed without per-message compression once _the WebSocket Connection is established_.',
  ),
  why: 'Compression saves most of the bytes of JSON and costs CPU and memory per connection; either may be right.',
  fix: 'Switch it on where messages are large and repetitive, with a threshold and without context takeover for many connections.',
  covers: [{ row: 'ws.pmd.offer' }],
  async run(server) {
    const { answer } = await server.upgrade({ extensions: 'permessage-deflate; client_max_window_bits' })
    const observed = describeAnswer(answer, ['Sec-WebSocket-Extensions'])
    return answerStatus(answer) === 101 ? info(observed) : warn('101 with or without the extension', observed)
  },
  selfTest: {
    infos: {
      'accepts it': { peer: webSocketServer(), says: 'permessage-deflate' },
      'declines it': { peer: webSocketServer({ deflate: false }), says: '101' },
    },
    warns: {
      'refuses the connection': webSocketServer({ respond: usual => ({ ...usual, status: 400 }) }),
    },
  },
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { illegalClosePeers } from '../../peers/illegal-close-peers.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { closeWith, closing, judgeIllegalClose } from '../../websocket/closing.ts'

const { fails, ...others } = illegalClosePeers('control-length')

export default {
  title: 'A Close of more than 125 bytes fails the connection',
  level: 'must',
  spec: rfc6455(
    '5.5',
    'All control frames MUST have a payload length of 125 bytes or less and MUST NOT be fragmented.',
  ),
  why: 'A Close has room for a code and 123 bytes of reason; more of it cannot be written in a control frame’s header.',
  fix: 'Fail the connection with 1002 on any control frame whose length field is over 125.',
  covers: [{ row: 'ws.cl.len126', autobahn: ['7.3.6'], literally: ['7.3.6'] }],
  run: async server => judgeIllegalClose(await closing(server, closeWith(1000, '*'.repeat(124)).payload), [1002]),
  selfTest: {
    passes: others.passes,
    warns: {
      ...others.warns,
      'echoes the code': webSocketServer({ tolerates: ['control-length'] }),
    },
    fails: { 'never answers': fails['never answers']! },
  },
} satisfies WebSocketCheck

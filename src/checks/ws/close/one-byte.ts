import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { illegalClosePeers } from '../../peers/illegal-close-peers.ts'
import { closing, judgeIllegalClose } from '../../websocket/closing.ts'

export default {
  title: 'A Close of one byte fails the connection',
  level: 'must',
  spec: rfc6455(
    '5.5.1',
    'If there is a body, the first two bytes of the body MUST be a 2-byte unsigned integer (in network byte order) representing a status code with value /code/ defined in Section 7.4.',
  ),
  why: 'A parser that reads two bytes where one is reads beyond the frame.',
  fix: 'Fail the connection with 1002 on a Close payload of exactly one byte.',
  covers: [{ row: 'ws.cl.len1', autobahn: ['7.3.2'], literally: ['7.3.2'] }],
  run: async server => judgeIllegalClose(await closing(server, Buffer.from('a')), [1002]),
  selfTest: illegalClosePeers('close-length'),
} satisfies WebSocketCheck

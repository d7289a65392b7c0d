import { walkDeflate } from '../../../protocol/websocket/deflate-walk.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { answersDeflate } from '../../peers/deflate-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { skip } from '../../verdict.ts'
import { connectDeflate } from '../../websocket/deflate-connection.ts'
import { binaryMessage } from '../../websocket/echo.ts'
import { farRepetition } from '../../websocket/far-repetition.ts'

const message = binaryMessage(farRepetition(9))

export default {
  title: 'A message may refer to the one before it',
  level: 'must',
  spec: rfc7692(
    '7.2.2',
    'If the "agreed parameters" contain the "client_no_context_takeover" extension parameter, the server MAY decompress each new message with an empty LZ77 sliding window.  Otherwise, the server MUST decompress each new message using the LZ77 sliding window used to process the last compressed message.',
  ),
  why: 'Without being told otherwise a client keeps its window; a server that resets its inflater fails with the second message.',
  fix: 'Keep the inflater over messages unless client_no_context_takeover was agreed.',
  covers: [{ row: 'ws.pmd.takeover' }],
  needs: ['echo', 'deflate'],
  async run(server) {
    const connection = await connectDeflate(server)
    if (connection === null) return skip('it declines a plain offer')
    if (connection.agreed.clientNoContextTakeover) return skip('it asks for client_no_context_takeover')
    connection.socket.send(connection.compressed(message))
    const first = await connection.awaitEcho(message)
    if (first.kind !== 'pass') return first
    const second = connection.compressed(message)
    const { reachesBackBytes } = walkDeflate(second.payload!)
    connection.socket.send(second)
    const verdict = await connection.awaitEcho(message)
    return verdict.kind === 'pass' ? { ...verdict, observed: `understood, ${reachesBackBytes} bytes back` } : verdict
  },
  selfTest: {
    passes: { 'keeps its window': { peer: webSocketServer(), says: 'bytes back' } },
    fails: {
      'resets its inflater': {
        peer: () => {
          let count = 0
          return webSocketServer({
            frame: (frame, side) => frame.rsv1 && (count += 1) === 2 && (side.close(1007), true),
          })()
        },
        says: 'Close 1007',
      },
      'knows no compression': webSocketServer({ frame: (_frame, side) => (side.close(1002), true) }),
    },
    skips: {
      'asks for none': webSocketServer({ respond: answersDeflate('permessage-deflate; client_no_context_takeover') }),
      declines: webSocketServer({ deflate: false }),
    },
  },
} satisfies WebSocketCheck

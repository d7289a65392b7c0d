import { headerList } from '../../../protocol/http1/head.ts'
import { acceptedSubprotocol } from '../../../protocol/websocket/handshake-response.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info, skip } from '../../verdict.ts'

export default {
  title: 'Whose order of subprotocols decides',
  level: 'info',
  spec: rfc6455(
    '4.1',
    'a header field with the name |Sec-WebSocket-Protocol|. If present, this value indicates one or more comma-separated subprotocol the client wishes to speak, ordered by preference.',
  ),
  why: 'A client that lists the newest version first expects to get it.',
  fix: 'Take the first of the offers that the server speaks.',
  covers: [{ row: 'ws.hs.sub-order' }],
  needs: ['subprotocol'],
  async run(server) {
    const [first, second] = server.capabilities.subprotocols
    if (second === undefined) return skip(`only one subprotocol is known, ${first}: give two with --subprotocol`)
    const chosen: string[] = []
    for (const subprotocols of [
      [first!, second],
      [second, first!],
    ]) {
      const { socket } = await server.upgrade({ subprotocols })
      chosen.push((socket === null ? null : acceptedSubprotocol(socket.head)) ?? 'none')
    }
    if (chosen[0] === first && chosen[1] === second) return info("the client's: its first offer is taken")
    return info(chosen[0] === chosen[1] ? `the server's: always ${chosen[0]}` : `neither: ${chosen.join(', then ')}`)
  },
  selfTest: {
    infos: {
      'client order': {
        peer: webSocketServer({ subprotocols: ['a', 'b'] }),
        given: { subprotocols: ['a', 'b'] },
        says: "the client's",
      },
      'server order': {
        peer: webSocketServer({ subprotocols: ['b'] }),
        given: { subprotocols: ['a', 'b'] },
        says: "the server's: always b",
      },
      'last offer': {
        peer: webSocketServer({
          respond: (usual, request) =>
            withHeader(usual, 'Sec-WebSocket-Protocol', headerList(request, 'sec-websocket-protocol').at(-1)!),
        }),
        given: { subprotocols: ['a', 'b'] },
        says: 'neither: b, then a',
      },
    },
    skips: { 'one alone': webSocketServer() },
  },
} satisfies WebSocketCheck

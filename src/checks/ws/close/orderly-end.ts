import { describeEnd } from '../../../wire/describe-received.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, skip, warn } from '../../verdict.ts'

export default {
  title: 'The TCP connection ends with FIN, not with a reset',
  level: 'should',
  spec: rfc6455(
    '7.1.1',
    'An endpoint SHOULD use a method that cleanly closes the TCP connection, as well as the TLS session, if applicable, discarding any trailing bytes that may have been received.',
  ),
  why: 'A reset overtakes what was sent before it: the client may never see the Close frame, and reports 1006.',
  fix: 'Shut down the sending side (FIN) and read until the client’s FIN, instead of closing with unread data.',
  covers: [{ row: 'ws.cl.fin-not-rst' }],
  async run(server) {
    const socket = await server.connect()
    socket.close(1000)
    let received = await socket.next()
    while (received.kind === 'frame') received = await socket.next()
    if (received.kind === 'silence') return skip('it does not end the connection')
    const observed = describeEnd(received.end)
    return received.end.kind === 'fin' ? pass(observed) : warn('FIN', observed)
  },
  selfTest: {
    passes: { 'ends with FIN': webSocketServer() },
    warns: { 'ends with RST': { peer: webSocketServer({ ending: end => end.reset() }), says: 'ECONNRESET' } },
    skips: { 'does not end': webSocketServer({ ending: () => {} }) },
  },
} satisfies WebSocketCheck

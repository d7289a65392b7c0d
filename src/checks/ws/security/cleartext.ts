import { CannotTell } from '../../../wire/cannot-tell.ts'
import { answerStatus, type WebSocketServer } from '../../../wire/websocket-server.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { encodeResponse, refusal } from '../../peers/http-response.ts'
import { tlsServer } from '../../peers/tls-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, type Verdict, warn } from '../../verdict.ts'

async function withoutTls(server: WebSocketServer, dial: Parameters<WebSocketServer['dial']>[0]): Promise<Verdict> {
  let peer
  try {
    peer = await server.dial(dial)
  } catch (error) {
    // A closed port is the best answer.
    if (error instanceof CannotTell) return pass(error.message)
    throw error
  }
  const { answer } = await server.upgrade({}, { peer })
  peer.destroy()
  const observed = describeHandshake(answer)
  return answerStatus(answer) === 101 ? warn('a refusal, or a redirect to wss', observed) : pass(observed)
}

export default {
  title: 'Nobody gets in without TLS beside it',
  level: 'should',
  spec: rfc6455(
    '10.6',
    'WebSocket implementations MUST support TLS and SHOULD employ it when communicating with their peers.',
  ),
  why: 'A client that was given ws:// by mistake or by an attacker sends its cookies and messages for everybody to read, and it works.',
  fix: 'Redirect plain HTTP to HTTPS before anything is upgraded, and send Strict-Transport-Security.',
  covers: [{ row: 'ws.sec.cleartext' }],
  needs: ['tls'],
  run: server =>
    tryCases(
      server.tls().cleartext.map(({ port, dial }) => ({ name: `ws:// on port ${port}`, dial })),
      ({ dial }) => withoutTls(server, dial),
    ),
  selfTest: {
    passes: {
      'hangs up': tlsServer({ cleartext: connection => connection.finish() }),
      'answers 400': tlsServer({ cleartext: connection => connection.send(encodeResponse(refusal(400, 'use https'))) }),
      'says nothing': tlsServer({ cleartext: () => {} }),
    },
    warns: {
      'lets everybody in': {
        peer: tlsServer({ cleartext: connection => webSocketServer()().accept(connection) }),
        says: 'ws:// on port 443: HTTP/1.1 101',
      },
    },
  },
} satisfies WebSocketCheck

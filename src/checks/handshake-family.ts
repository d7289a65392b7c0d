import type { SelfTestCase, WebSocketCheck } from './check.ts'
import {
  type HandshakeCase,
  judgeBadRequest,
  judgeError,
  judgeNotOpened,
  judgeOpened,
  tryHandshakes,
} from './handshake-outcome.ts'
import type { HandshakeFault } from './peers/handshake-answer.ts'
import { encodeResponse, refusal } from './peers/http-response.ts'
import { hangsUp } from './peers/scripted-server.ts'
import { webSocketServer } from './peers/websocket-server.ts'

/** What checks have in common that differ in their handshakes alone. */
type Family = Pick<WebSocketCheck, 'run' | 'selfTest'>

/** Legal handshakes that must open; `strict` is a server that refuses them. */
export const opens = (cases: readonly HandshakeCase[], strict: SelfTestCase): Family => ({
  run: server => tryHandshakes(server, cases, judgeOpened),
  selfTest: { passes: { opens: webSocketServer() }, fails: { refuses: strict } },
})

const refusing = (accepts: readonly HandshakeFault[]): Family['selfTest'] => ({
  passes: { refuses: webSocketServer() },
  fails: {
    'opens all the same': { peer: webSocketServer({ accepts }), says: '101' },
    'hangs up without a word': { peer: hangsUp, says: 'FIN' },
  },
})

/** Refuses with this status whatever it refuses. */
const answering = (status: number) =>
  webSocketServer({
    respond: usual => (usual.status < 400 ? usual : refusal(status, 'no')),
    malformed(connection) {
      connection.send(encodeResponse(refusal(status, 'no')))
      connection.finish()
    },
  })

const blamesItself = { 'blames itself': answering(500) }

/** Handshakes that RFC 6455 forbids; a server that minds none of these faults opens. */
export const refusesWithError = (cases: readonly HandshakeCase[], ...faults: HandshakeFault[]): Family => ({
  run: server => tryHandshakes(server, cases, judgeError),
  selfTest: { ...refusing(faults), warns: blamesItself },
})

/** Requests that HTTP itself forbids: 400 and nothing else. */
export const refusesWith400 = (cases: readonly HandshakeCase[], ...faults: HandshakeFault[]): Family => ({
  run: server => tryHandshakes(server, cases, judgeBadRequest),
  selfTest: { ...refusing(faults), warns: { ...blamesItself, 'gives another reason': answering(404) } },
})

/** Requests that do not ask for a WebSocket: anything but 101. */
export const doesNotOpen = (cases: readonly HandshakeCase[], ...faults: HandshakeFault[]): Family => ({
  run: server => tryHandshakes(server, cases, judgeNotOpened),
  selfTest: refusing(faults),
})

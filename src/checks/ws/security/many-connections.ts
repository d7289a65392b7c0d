import { answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6585 } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'

const CONNECTIONS = 100

export default {
  title: 'Many connections from one address are opened or refused, not left waiting',
  level: 'quality',
  spec: rfc6585(
    '4',
    'The 429 status code indicates that the user has sent too many requests in a given amount of time ("rate limiting").',
  ),
  why: 'A client that is left waiting cannot tell a limit from an outage, and comes back sooner.',
  fix: 'Answer 429 or 503 with Retry-After over a limit.',
  covers: [{ row: 'ws.sec.conn-limit' }],
  alone: true,
  async run(server) {
    const upgrades = await Promise.all(Array.from({ length: CONNECTIONS }, () => server.upgrade()))
    const other = upgrades.map(({ answer }) => answer).filter(answer => answerStatus(answer) !== 101)
    const observed = `${CONNECTIONS - other.length} of ${CONNECTIONS} opened`
    const bad = other.find(answer => ![429, 503].includes(answerStatus(answer) ?? 0))
    if (bad !== undefined) return warn('101, 429 or 503', `${observed}; ${describeHandshake(bad)}`)
    return pass(observed)
  },
  selfTest: {
    passes: { 'opens all': webSocketServer(), refuses: webSocketServer({ respond: () => refusal(503, 'full') }) },
    warns: { 'leaves them waiting': webSocketServer({ respond: () => null }) },
  },
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { refusesWithError } from '../../handshake-family.ts'
import { lines, type HandshakeCase } from '../../handshake-outcome.ts'

const cases: HandshakeCase[] = [{ name: 'no header', change: lines('sec-websocket-version') }]

export default {
  title: 'A handshake without a version is refused',
  level: 'must',
  spec: rfc6455('4.2.1', 'A |Sec-WebSocket-Version| header field, with a value of 13.'),
  why: 'A client that names no version speaks a draft that frames differently.',
  fix: 'Demand Sec-WebSocket-Version: 13; answer 400 or 426 where it is missing.',
  covers: [{ row: 'ws.hs.ver-missing' }],
  ...refusesWithError(cases, 'version', 'version-value'),
} satisfies WebSocketCheck

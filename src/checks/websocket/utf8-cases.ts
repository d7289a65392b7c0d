import type { WebSocketServer } from '../../wire/websocket-server.ts'
import type { Verdict } from '../verdict.ts'
import { textMessage, tryEchoes } from './echo.ts'
import type { Vector } from './utf8-vectors.ts'
import { tryViolations } from './violation.ts'

/** Each text must come back octet by octet. */
export const tryValidTexts = (server: WebSocketServer, vectors: readonly Vector[]): Promise<Verdict> =>
  tryEchoes(
    server,
    vectors.map(({ name, bytes }) => ({ name, message: textMessage(bytes) })),
  )

/** Each text must fail the connection with 1007. */
export const tryInvalidTexts = (server: WebSocketServer, vectors: readonly Vector[]): Promise<Verdict> =>
  tryViolations(
    server,
    vectors.map(({ name, bytes }) => ({ name, frames: [textMessage(bytes)] })),
    [1007],
  )

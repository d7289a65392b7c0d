import { sleep } from '../../world/timer.ts'
import { longPollServer } from './long-poll-server.ts'
import type { ScriptedServer } from './scripted-server.ts'

/** A long-polling server whose every answer is late by that much. */
export function sleepyPolls(lateMs: number): ScriptedServer {
  return () => {
    const server = longPollServer()()
    return {
      ...server,
      accept: connection =>
        server.accept({
          ...connection,
          get end() {
            return connection.end
          },
          read: ms => connection.read(ms),
          send: bytes => void sleep(connection.clock, lateMs).then(() => connection.send(bytes)),
        }),
    }
  }
}

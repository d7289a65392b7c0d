import { OPCODE } from '../../protocol/websocket/opcode.ts'
import { sleep } from '../../world/timer.ts'
import type { ScriptedServer } from './scripted-server.ts'
import { webSocketServer } from './websocket-server.ts'

/** A conforming server that pings every so many ms and does not mind who answers. */
export const pings = (everyMs: number): ScriptedServer =>
  webSocketServer({
    opened(side) {
      const { clock } = side.connection
      const ping = async () => {
        for (let count = 0; count < 100 && side.connection.end === null; count += 1) {
          await sleep(clock, everyMs)
          side.send({ opcode: OPCODE.ping })
        }
      }
      void ping()
    },
  })

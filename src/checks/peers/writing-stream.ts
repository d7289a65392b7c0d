import { eventStreamServer } from './event-stream-server.ts'
import type { ScriptedServer } from './scripted-server.ts'

/** An SSE server whose streams begin with these octets, then bring what is published, and end if told to. */
export function writingStream(octets: string | Uint8Array, then: 'stays' | 'ends' = 'stays'): ScriptedServer {
  return eventStreamServer({
    intervalMs: null,
    opened(side) {
      side.write(octets)
      if (then === 'ends') side.end()
    },
  })
}

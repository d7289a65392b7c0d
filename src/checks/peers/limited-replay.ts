import { header } from '../../protocol/http1/head.ts'
import { eventStreamServer } from './event-stream-server.ts'
import type { HttpResponse } from './http-response.ts'
import type { ScriptedServer } from './scripted-server.ts'

/** An SSE server that resumes only so many streams; the others begin with what is new, or get this answer. */
export function limitedReplay(replays: number, otherwise?: HttpResponse): ScriptedServer {
  return () => {
    let asked = 0
    let replayed = 0
    return eventStreamServer({
      intervalMs: null,
      respond(usual, request) {
        if (header(request, 'last-event-id') === undefined) return usual
        asked += 1
        return asked > replays && otherwise !== undefined ? otherwise : usual
      },
      missed(all, id) {
        replayed += 1
        return replayed > replays ? [] : all.filter(event => event.id > Number(id))
      },
    })()
  }
}

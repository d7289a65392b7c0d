import { CannotTell } from '../../../wire/cannot-tell.ts'
import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { refusesToPublish } from '../../peers/refused-publishing.ts'
import { openedStream, publishedEvents, token } from '../../published-events.ts'
import { resumedStream } from '../../resumed-stream.ts'
import { fail, pass, skip, type Verdict } from '../../verdict.ts'

/** So long that it is still under way when the connection is cut. */
const LONG = 400_000

async function run(server: HttpServer): Promise<Verdict> {
  const mark = token()
  const [seen] = await publishedEvents(server, [`${mark} seen`], data => data.includes(`${mark} seen`))
  const cut = await openedStream(server)
  const long = `${mark} long ${'x'.repeat(LONG)} ${mark} end`
  cut.peer.stopReading()
  try {
    await server.capabilities.publish(long)
  } catch (error) {
    if (error instanceof CannotTell && error.message.startsWith('--publish')) return skip(error.message)
    throw error
  } finally {
    cut.peer.reset()
  }
  const stream = await resumedStream(server, seen!.lastEventId, 1, 0)
  const deadline = server.clock.now() + server.timeoutMs
  for (;;) {
    const read = await stream.event(deadline - server.clock.now())
    const own = stream.events.find(({ event }) => event.data.includes(`${mark} long`))?.event
    if (own?.data.includes(long)) return pass(`${own.data.length} characters again`)
    if (own !== undefined) return fail('the whole event', `${own.data.length} characters of it`)
    if (read.kind !== 'event') return fail('the event that was cut, from its beginning', 'it did not come again')
  }
}

export default {
  title: 'An event that was cut off is sent again, whole',
  level: 'must',
  spec: html(
    '9.2.6',
    'If the file ends in the middle of an event, before the final empty line, the incomplete event is not dispatched.',
  ),
  why: 'A client that lost the connection inside an event still has the id before it: the server must not take it for delivered.',
  fix: 'Continue after the Last-Event-ID of the request, never after what was last written.',
  covers: [{ row: 'sse.rs.mid-event' }],
  needs: ['publish', 'resume'],
  run,
  selfTest: {
    passes: { again: eventStreamServer({ intervalMs: null }) },
    skips: { 'cannot be published': refusesToPublish },
    fails: {
      'counts as delivered': {
        peer: eventStreamServer({ intervalMs: null, missed: all => all.filter(({ data }) => data.length < 1000) }),
        says: 'did not come',
      },
      'the rest of it': {
        peer: eventStreamServer({
          intervalMs: null,
          missed: all => all.map(event => ({ ...event, data: event.data.slice(0, 1000) })),
        }),
        says: '1000 characters',
      },
    },
  },
} satisfies HttpCheck

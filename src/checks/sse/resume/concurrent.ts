import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { limitedReplay } from '../../peers/limited-replay.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { compareEvents, originalEvents, resumedStream } from '../../resumed-stream.ts'
import { fail, pass, type Verdict } from '../../verdict.ts'

async function run(server: HttpServer): Promise<Verdict> {
  const { events, firstId } = await originalEvents(server)
  const wanted = events.slice(events.findLastIndex(({ lastEventId }) => lastEventId === firstId) + 1)
  const streams = await Promise.all([1, 2].map(() => resumedStream(server, firstId, wanted.length)))
  for (const [index, stream] of streams.entries()) {
    const compared = compareEvents(wanted, stream)
    if (compared.kind !== 'whole') return fail('all events on both streams', `stream ${index + 1}: ${compared.text}`)
  }
  return pass(`${wanted.length} events on both`)
}

export default {
  title: 'Two streams that resume after the same event both get all',
  level: 'must',
  spec: practice(
    'replay',
    'Two tabs of one browser, or a connection that is only thought dead, resume from the same id.',
  ),
  why: 'A replay that only one of them gets leaves the other with a gap.',
  fix: 'Keep the place of each connection by itself, not per user or session.',
  covers: [{ row: 'sse.rs.concurrent' }],
  needs: ['resume'],
  run,
  selfTest: {
    passes: { both: eventStreamServer({ intervalMs: null }) },
    fails: { 'the first one only': { peer: limitedReplay(1), says: 'stream 2' } },
  },
} satisfies HttpCheck

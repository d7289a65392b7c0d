import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { limitedReplay } from '../../peers/limited-replay.ts'
import { compareEvents, originalEvents, resumedStream } from '../../resumed-stream.ts'
import { fail, pass, type Verdict } from '../../verdict.ts'

const CLIENTS = 20

async function run(server: HttpServer): Promise<Verdict> {
  const { events, firstId } = await originalEvents(server)
  const wanted = events.slice(events.findLastIndex(({ lastEventId }) => lastEventId === firstId) + 1)
  const start = server.clock.now()
  const attempts = await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const stream = await resumedStream(server, firstId, wanted.length).catch((error: Error) => error.message)
      if (typeof stream === 'string') return { ms: 0, problem: stream }
      const compared = compareEvents(wanted, stream)
      return { ms: server.clock.now() - start, problem: compared.kind === 'whole' ? '' : compared.text }
    }),
  )
  const failed = attempts.filter(({ problem }) => problem !== '')
  const slowest = Math.round(Math.max(...attempts.map(({ ms }) => ms)))
  if (failed.length === 0)
    return pass(`${CLIENTS} clients have all ${wanted.length} events after ${slowest} ms at most`)
  return fail(`all events for each of ${CLIENTS} clients`, `not for ${failed.length}: ${failed[0]!.problem}`)
}

export default {
  title: 'Many clients that come back at once get all they missed',
  level: 'must',
  spec: practice('replay', 'After a restart all clients resume at the same time.'),
  why: 'A replay that works for one client and not for twenty turns every deployment into lost events.',
  fix: 'Bound the work per replay, share the read of the store, and do not drop clients that wait for it.',
  covers: [{ row: 'sse.rs.herd' }],
  needs: ['resume'],
  run,
  selfTest: {
    passes: { all: eventStreamServer({ intervalMs: null }) },
    fails: {
      'only ten': { peer: limitedReplay(10), says: 'not for 10' },
      'refuses the eleventh': {
        peer: limitedReplay(10, { status: 503, headers: [['Retry-After', '1']] }),
        says: '503',
      },
    },
  },
} satisfies HttpCheck

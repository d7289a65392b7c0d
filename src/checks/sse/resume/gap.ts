import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { publishedEvents, token } from '../../published-events.ts'
import { resumedStream } from '../../resumed-stream.ts'
import { fail, pass, type Verdict, warn } from '../../verdict.ts'

const WHILE_AWAY = 3

async function run(server: HttpServer): Promise<Verdict> {
  const mark = token()
  const [last] = await publishedEvents(server, [`${mark} seen`], data => data.includes(`${mark} seen`))
  for (let n = 1; n <= WHILE_AWAY; n += 1) await server.capabilities.publish(`${mark} away ${n}`)
  const stream = await resumedStream(server, last!.lastEventId, WHILE_AWAY, server.quietMs)
  const seen = () =>
    stream.events.flatMap(({ event }) => new RegExp(`${mark} (away \\d|seen)`).exec(event.data)?.[1] ?? [])
  const deadline = server.clock.now() + server.quietMs * 4
  while (seen().length < WHILE_AWAY && !stream.ended && server.clock.now() < deadline)
    await stream.readFor(server.quietMs)
  const expected = `the ${WHILE_AWAY} events that were published while the client was away`
  const observed = seen().length === 0 ? 'none of them' : seen().join(', ')
  if (seen().join(' ') === 'away 1 away 2 away 3') return pass(observed)
  return seen().length === 0 ? warn(expected, observed) : fail(expected, observed)
}

export default {
  title: 'What is sent while a client is away waits for it',
  level: 'must',
  spec: practice(
    'replay',
    'Events are kept at least as long as a client takes to come back, and replayed after its Last-Event-ID.',
  ),
  why: 'Every deployment, every change of network makes clients come back after seconds: those events would be lost.',
  fix: 'Keep the latest events of each channel in a store that all instances share.',
  covers: [{ row: 'sse.rs.gap' }],
  needs: ['publish', 'ids'],
  run,
  selfTest: {
    passes: { kept: eventStreamServer({ intervalMs: null }) },
    fails: {
      'the last one only': eventStreamServer({ intervalMs: null, missed: all => all.slice(-1) }),
      'the seen one again': {
        peer: eventStreamServer({ intervalMs: null, missed: (all, id) => all.filter(event => event.id >= Number(id)) }),
        says: 'seen',
      },
    },
    warns: { none: { peer: eventStreamServer({ intervalMs: null, missed: () => [] }), says: 'none' } },
  },
} satisfies HttpCheck

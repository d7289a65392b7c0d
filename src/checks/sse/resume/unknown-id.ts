import { describeAnswer } from '../../../wire/describe-received.ts'
import { createEventStream } from '../../../wire/event-stream.ts'
import type { HttpServer } from '../../../wire/http-server.ts'
import { tryCases } from '../../cases.ts'
import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { refusal } from '../../peers/http-response.ts'
import { originalEvents } from '../../resumed-stream.ts'
import { info, type Verdict, warn } from '../../verdict.ts'

const IDS = [
  { name: 'garbage', id: 'rtbench/no-such-id' },
  { name: 'from the future', id: '999999999999999' },
  { name: 'negative', id: '-1' },
  { name: '2 KB long', id: '7'.repeat(2048) },
]

async function attempt(server: HttpServer, id: string, known: ReadonlySet<string>): Promise<Verdict> {
  const { answer, body, peer } = await server.ask({ headers: { 'Last-Event-ID': id } })
  const observed = describeAnswer(answer)
  if (answer.kind !== 'head') return warn('an answer', observed)
  if (answer.head.status >= 500) return warn('no server error', observed)
  if (answer.head.status !== 200) return info(observed)
  const stream = createEventStream(peer, answer.head, body!)
  await stream.readFor(server.quietMs, 5)
  peer.destroy()
  const names = stream.events.map(({ event }) => event)
  if (names.some(({ data }) => known.has(data))) return info(`replays ${names.length} events and more`)
  const told = names.find(({ type }) => type !== 'message')
  if (told !== undefined) return info(`200, says ${told.type}`)
  return warn('an error, a reset event or a replay', 'it goes on with what is new, as if nothing was missed')
}

async function run(server: HttpServer): Promise<Verdict> {
  const { events } = await originalEvents(server)
  const known = new Set(events.map(({ data }) => data))
  return tryCases(IDS, ({ id }) => attempt(server, id, known))
}

const onBadId = (...refused: Parameters<typeof refusal>) =>
  eventStreamServer({
    intervalMs: null,
    respond: (usual, { headers }) =>
      headers.some(([name, value]) => /^last-event-id$/i.test(name) && !/^\d{1,9}$/.test(value))
        ? refusal(...refused)
        : usual,
  })

export default {
  title: 'What an unknown Last-Event-ID is answered with',
  level: 'info',
  spec: practice(
    'unknown ids',
    'No standard says what happens to an id that cannot be placed; the client should learn that it may have missed events.',
  ),
  why: 'Ids expire and databases are replaced: a client whose id is unknown skips events without noticing, or never gets in.',
  fix: 'Say so with an event of its own and send what is kept, or refuse with 4xx; never 5xx.',
  covers: [{ row: 'sse.rs.unknown-id' }],
  needs: ['ids'],
  run,
  selfTest: {
    infos: {
      'replays all': { peer: eventStreamServer({ intervalMs: null, missed: all => all }), says: 'replays' },
      'refuses with 400': { peer: onBadId(400, 'unknown id'), says: '400' },
      'says reset': {
        peer: eventStreamServer({
          intervalMs: null,
          opened: side => side.write('event: reset\ndata: {}\n\n'),
          missed: () => [],
        }),
        says: 'says reset',
      },
    },
    warns: {
      'skips in silence': { peer: eventStreamServer({ intervalMs: null, missed: () => [] }), says: 'as if nothing' },
      'a server error': { peer: onBadId(500, 'NaN'), says: '500' },
      'no answer': eventStreamServer({
        intervalMs: null,
        respond: (usual, { headers }) => (headers.some(([name]) => /^last-event-id$/i.test(name)) ? null : usual),
      }),
    },
  },
} satisfies HttpCheck

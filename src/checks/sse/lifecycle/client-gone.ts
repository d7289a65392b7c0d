import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { refusal } from '../../peers/http-response.ts'
import { openedStream, token } from '../../published-events.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import { pass, type Verdict, warn } from '../../verdict.ts'
import { publishes } from '../../watch-stream.ts'

const STREAMS = 30

async function run(server: HttpServer): Promise<Verdict> {
  const gone = await Promise.all(Array.from({ length: STREAMS }, () => server.ask()))
  for (const [index, { peer }] of gone.entries()) {
    // A third each: reset, ended in good order, and lost without a word.
    if (index % 3 === 0) peer.reset()
    else if (index % 3 === 1) peer.finish()
    else peer.stopReading()
  }
  const { answer, peer } = await server.ask()
  peer.destroy()
  const after = `after ${STREAMS} clients that vanished: ${describeAnswer(answer)}`
  if (answer.kind !== 'head' || answer.head.status !== 200) return warn('a new stream', after)
  if (!publishes(server)) return pass(after)
  const stream = await openedStream(server)
  const mark = token()
  await server.capabilities.publish(mark)
  const deadline = server.clock.now() + server.timeoutMs
  while (!stream.events.some(({ event }) => event.data.includes(mark))) {
    const read = await stream.event(deadline - server.clock.now())
    if (read.kind !== 'event') return warn('an event on a new stream', `${after}, but no event comes`)
  }
  return pass(`${after}, and events flow`)
}

/** A server that counts streams and never lets go of one. */
const leaking = (onFull: 'refuses' | 'mute') => () => {
  let streams = 0
  return eventStreamServer({
    intervalMs: null,
    respond(usual) {
      streams += 1
      return streams > STREAMS && onFull === 'refuses' ? refusal(503, 'full', [['Retry-After', '5']]) : usual
    },
    event: (_, usual) => (streams > STREAMS && onFull === 'mute' ? '' : usual),
  })()
}

export default {
  title: 'Clients that vanish leave a server that works',
  level: 'quality',
  spec: practice(
    'lost clients',
    'A stream whose client is gone is dropped: by the reset, by the end, or by a heartbeat that cannot be written.',
  ),
  why: 'Streams of dead clients that stay subscribed fill memory and the limit of connections until nobody gets in.',
  fix: 'Unsubscribe on the close event of the connection; write heartbeats; bound what is queued for one client.',
  covers: [{ row: 'sse.lc.client-gone' }],
  run,
  selfTest: {
    passes: {
      'goes on': eventStreamServer({ intervalMs: null }),
      'goes on by itself': { peer: eventStreamServer(), given: { absent: { publish: 'no' } } },
    },
    warns: {
      'is full': { peer: leaking('refuses'), says: '503' },
      'falls silent': { peer: leaking('mute'), says: 'no event comes' },
    },
  },
} satisfies HttpCheck

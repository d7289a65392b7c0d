import { CannotTell } from '../../../wire/cannot-tell.ts'
import type { HttpServer } from '../../../wire/http-server.ts'
import { sleep } from '../../../world/timer.ts'
import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { eventStreamServer, type StoredEvent } from '../../peers/event-stream-server.ts'
import { openedStream, token } from '../../published-events.ts'
import { pass, type Verdict, warn } from '../../verdict.ts'
import { publishes } from '../../watch-stream.ts'

const HELD_MS = 250
const MESSAGES = 5
const APART_MS = 100
const WATCH_MS = 5000

/** Events that arrive together within that time came with one flush. */
const TOGETHER_MS = 5

async function published(server: HttpServer): Promise<Verdict> {
  const stream = await openedStream(server)
  const mark = token()
  const delays: number[] = []
  for (let n = 1; n <= MESSAGES; n += 1) {
    await server.capabilities.publish(`${mark} ${n}`)
    const publishedAt = server.clock.now()
    const arrived = () => stream.events.find(({ event }) => event.data.includes(`${mark} ${n}`))
    while (arrived() === undefined && server.clock.now() - publishedAt < server.timeoutMs) {
      const read = await stream.event(server.timeoutMs - (server.clock.now() - publishedAt))
      if (read.kind === 'end') throw new CannotTell('the stream ended')
    }
    delays.push(Math.max(0, (arrived()?.atMs ?? Infinity) - publishedAt))
    if (delays.filter(ms => ms > HELD_MS).length > MESSAGES / 2) break
    await sleep(server.clock, APART_MS)
  }
  const slow = delays.filter(ms => ms > HELD_MS).length
  const shown = delays.map(ms => (ms === Infinity ? 'never' : `${Math.round(ms)} ms`)).join(', ')
  // One late event among five is a busy machine; a layer that holds events holds them all.
  return slow > MESSAGES / 2 ? warn(`events within ${HELD_MS} ms`, `after ${shown}`) : pass(`after ${shown}`)
}

async function unasked(server: HttpServer): Promise<Verdict> {
  const stream = await server.events()
  await stream.readFor(WATCH_MS)
  // What is replayed at the beginning comes at once by right.
  const times = stream.events.map(({ atMs }) => atMs).filter(at => at - (stream.events[0]?.atMs ?? 0) > TOGETHER_MS)
  const gaps = times.slice(1).map((at, index) => at - times[index]!)
  const together = gaps.filter(ms => ms <= TOGETHER_MS).length
  const held = gaps.filter(ms => ms > HELD_MS).length
  const observed = `${stream.events.length} events, ${together} together with the one before, ${held} pauses of over ${HELD_MS} ms`
  return together > held && held > 0 ? warn('events at the pace at which they are made', observed) : pass(observed)
}

const holding = (everyMs: number, intervalMs: number | null) => {
  const held: StoredEvent[] = []
  return eventStreamServer({
    intervalMs,
    opened(side) {
      const turn = () => {
        const text = held.splice(0).map(({ id, data }) => `id: ${id}\ndata: ${data}\n\n`)
        side.write(text.join(''))
        if (side.connection.end === null && side.connection.clock.now() < 60_000)
          side.connection.clock.after(everyMs, turn)
      }
      turn()
    },
    event(event) {
      held.push(event)
      return ''
    },
  })()
}

export default {
  title: 'Each event leaves at once',
  level: 'quality',
  spec: html(
    '9.2.7',
    'HTTP chunking can have unexpected negative effects on the reliability of this protocol, in particular if the chunking is done by a different layer unaware of the timing requirements.',
  ),
  why: 'A layer that collects events for efficiency makes a stream that lags by seconds, or stands still until it is full.',
  fix: 'Flush after each event; turn off proxy buffering and compression on the way (rtbench proxy finds the layer).',
  covers: [{ row: 'sse.tm.flush' }],
  needs: ['push'],
  run: server => (publishes(server) ? published(server) : unasked(server)),
  selfTest: {
    passes: {
      'published, at once': eventStreamServer({ intervalMs: null }),
      'by itself, at once': { peer: eventStreamServer(), given: { absent: { publish: 'no' } } },
    },
    warns: {
      'by itself, collected for a second': {
        peer: () => holding(1000, 100),
        given: { absent: { publish: 'no' } },
        says: 'together',
      },
      'collected for 2 s': { peer: () => holding(2000, null), says: 'ms' },
      'never comes': { peer: eventStreamServer({ intervalMs: null, event: () => '' }), says: 'never' },
    },
  },
} satisfies HttpCheck

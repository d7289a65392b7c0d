import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { hangsUp } from '../../peers/scripted-server.ts'
import { pass, skip, type Verdict, warn } from '../../verdict.ts'

const WATCH_MS = 75_000
const WARN_MS = 30_000
/** Most proxies and load balancers give up after a minute. */
const MOST_MS = 55_000
const QUIET_MS = 5000

async function run(server: HttpServer): Promise<Verdict> {
  const { body, peer, answer } = await server.ask()
  if (answer.kind !== 'head' || body === null) return skip('no stream was opened')
  const start = server.clock.now()
  let last = start
  let longest = 0
  while (server.clock.now() - start < WATCH_MS && longest <= MOST_MS) {
    const read = await body.next(Math.min(MOST_MS + 1, start + WATCH_MS - last))
    longest = Math.max(longest, server.clock.now() - last)
    if (read.kind !== 'piece') break
    last = server.clock.now()
    // Two heartbeats are a rhythm.
    if (longest >= QUIET_MS && last - start > 2.5 * longest) break
  }
  peer.destroy()
  const observed = `${Math.round(longest / 100) / 10} s of silence`
  if (longest > MOST_MS) return warn('a comment every 15 s', `more than ${MOST_MS / 1000} s of silence`)
  if (longest > WARN_MS) return warn('a comment every 15 s', observed)
  return longest < QUIET_MS ? skip(`the stream was never quiet: at most ${observed}`) : pass(`at most ${observed}`)
}

export default {
  title: 'A quiet stream has a heartbeat',
  level: 'should',
  spec: html(
    '9.2.7',
    "Legacy proxy servers are known to, in certain cases, drop HTTP connections after a short timeout. To protect against such proxy servers, authors can include a comment line (one starting with a ':' character) every 15 seconds or so.",
  ),
  why: 'Load balancers cut connections that are silent for 60 s, some for 30; and a server notices dead clients only by writing.',
  fix: 'Write ":" and two line ends when nothing was sent for 15 s.',
  covers: [{ row: 'sse.tm.heartbeat' }],
  slow: true,
  run,
  selfTest: {
    passes: { 'every 10 s': { peer: eventStreamServer({ intervalMs: null }), says: '10' } },
    warns: {
      'every 40 s': { peer: eventStreamServer({ intervalMs: null, heartbeatMs: 40_000 }), says: '40' },
      none: { peer: eventStreamServer({ intervalMs: null, heartbeatMs: null }), says: '55' },
      'every 58 s': eventStreamServer({ intervalMs: null, heartbeatMs: 58_000 }),
    },
    skips: {
      'never quiet': { peer: eventStreamServer(), says: 'never quiet' },
      'no stream': { peer: hangsUp, says: 'no stream' },
    },
  },
} satisfies HttpCheck

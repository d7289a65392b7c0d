import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { writingStream } from '../../peers/writing-stream.ts'
import { isHeartbeatEvent, streamBlocks } from '../../stream-blocks.ts'
import { pass, skip, type Verdict, warn } from '../../verdict.ts'
import { describeNotes } from '../../watch-stream.ts'

const WATCH_MS = 40_000

async function run(server: HttpServer): Promise<Verdict> {
  const stream = await server.events()
  const deadline = server.clock.now() + WATCH_MS
  const wanted = 'a line that begins with a colon'
  while (!stream.ended && server.clock.now() < deadline) {
    const read = await stream.next(Math.min(server.quietMs, deadline - server.clock.now()))
    const blank = describeNotes(stream.facts(), 'whitespace-line')
    if (blank !== null) return warn(wanted, `white space: ${blank}`)
    const beat = read.kind === 'event' ? streamBlocks(stream).find(isHeartbeatEvent) : undefined
    if (beat !== undefined) return warn(wanted, `an event: ${JSON.stringify(beat.lines.join('\n').slice(0, 100))}`)
    // What a stream begins with is a greeting, not yet a heartbeat.
    if (read.kind === 'comment' && server.clock.now() - (deadline - WATCH_MS) > 1000) return pass(`:${read.text}`)
  }
  return skip(`no heartbeat came within ${WATCH_MS / 1000} s`)
}

export default {
  title: 'A heartbeat is a comment',
  level: 'should',
  spec: html(
    '9.2.7',
    "To protect against such proxy servers, authors can include a comment line (one starting with a ':' character) every 15 seconds or so.",
  ),
  why: 'A comment keeps proxies and servers aware of the connection and disturbs nobody; an event reaches the listeners.',
  fix: 'Send ":" and two line ends instead of spaces or an event.',
  covers: [{ row: 'sse.fm.whitespace-heartbeat' }],
  slow: true,
  run,
  selfTest: {
    passes: { 'a comment after 10 s': eventStreamServer({ intervalMs: null }) },
    warns: {
      spaces: { peer: writingStream('  \n'), says: 'white space' },
      'an event': { peer: writingStream('event: ping\ndata: 1\n\n'), says: 'ping' },
      'empty data': writingStream('data:\n\n'),
    },
    skips: { none: eventStreamServer({ intervalMs: null, heartbeatMs: null }) },
  },
} satisfies HttpCheck

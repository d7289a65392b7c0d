import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { compareEvents, originalEvents, resumedStream } from '../../resumed-stream.ts'
import { fail, pass, type Verdict, warn } from '../../verdict.ts'

async function run(server: HttpServer): Promise<Verdict> {
  const { events, firstId } = await originalEvents(server)
  const wanted = events.slice(events.findLastIndex(({ lastEventId }) => lastEventId === firstId) + 1)
  const expected = `the ${wanted.length} events after id ${firstId}, each once, in order`
  const stream = await resumedStream(server, firstId, wanted.length)
  const compared = compareEvents(wanted, stream)
  if (compared.kind === 'whole') return pass(expected)
  // No standard obliges a server to keep events; to replay some of them and lose others is another thing.
  if (compared.kind === 'other') return warn(expected, `Last-Event-ID is not heeded: ${compared.text}`)
  return fail(expected, `${compared.kind}: ${compared.text}`)
}

const numbered = (missed: Parameters<typeof eventStreamServer>[0] & object) =>
  eventStreamServer({ intervalMs: null, ...missed })

export default {
  title: 'A client that comes back gets what followed its last event',
  level: 'must',
  spec: html(
    '9.2.4',
    "The `Last-Event-ID` HTTP request header reports an EventSource object's last event ID string to the server when the user agent is to reestablish the connection.",
  ),
  why: 'This is what ids are for: an event that is skipped is lost without notice, one that comes again is counted twice.',
  fix: 'Replay what follows the id (greater than, not greater or equal), then subscribe without a gap between the two.',
  covers: [{ row: 'sse.rs.resume' }],
  needs: ['ids'],
  run,
  selfTest: {
    passes: { 'published events': numbered({}), 'events of its own': eventStreamServer() },
    fails: {
      'skips one': {
        peer: numbered({ missed: (all, id) => all.filter(event => event.id > Number(id) + 1) }),
        says: 'lost',
      },
      'repeats one': {
        peer: numbered({ missed: (all, id) => all.filter(event => event.id >= Number(id)) }),
        says: 'repeated',
      },
      'in reverse': numbered({ missed: (all, id) => all.filter(event => event.id > Number(id)).reverse() }),
      'starts over': numbered({ missed: all => all }),
      'the last one only': numbered({ missed: all => all.slice(-1) }),
    },
    warns: { 'keeps nothing': { peer: numbered({ missed: () => [] }), says: 'not heeded' } },
  },
} satisfies HttpCheck

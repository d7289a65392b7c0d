import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { compareEvents, originalEvents, resumedStream } from '../../resumed-stream.ts'
import { fail, pass, type Verdict } from '../../verdict.ts'

async function run(server: HttpServer): Promise<Verdict> {
  const { events, firstId } = await originalEvents(server)
  const wanted = events.slice(events.findLastIndex(({ lastEventId }) => lastEventId === firstId) + 1)
  for (const time of ['first', 'second', 'third']) {
    const stream = await resumedStream(server, firstId, wanted.length)
    stream.peer.reset()
    const compared = compareEvents(wanted, stream)
    if (compared.kind !== 'whole') return fail('the same events each time', `the ${time} time: ${compared.text}`)
  }
  return pass(`${wanted.length} events, three times`)
}

/** Hands what was missed to the first who asks. */
const forgetting = () => {
  const asked = new Set<string>()
  return eventStreamServer({
    intervalMs: null,
    missed(all, id) {
      if (asked.has(id)) return []
      asked.add(id)
      return all.filter(event => event.id > Number(id))
    },
  })()
}

export default {
  title: 'To resume twice after the same event gives the same',
  level: 'must',
  spec: practice('replay', 'A connection that breaks again before anything new arrived is resumed from the same id.'),
  why: 'Networks break twice in a row: a replay that was written into a dead connection must not count as delivered.',
  fix: 'Read from the store by id; do not take events out of it when they are sent.',
  covers: [{ row: 'sse.rs.repeat' }],
  needs: ['resume'],
  run,
  selfTest: {
    passes: { 'the same each time': eventStreamServer({ intervalMs: null }) },
    fails: { 'only once': { peer: forgetting, says: 'second time' } },
  },
} satisfies HttpCheck

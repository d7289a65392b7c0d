import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { info } from '../../verdict.ts'

const WATCH_MS = 5000

export default {
  title: 'How soon the first octets come',
  level: 'info',
  spec: practice('first octets', 'A first comment or retry line tells client and proxies that the stream is alive.'),
  why: 'Some proxies and clients hold even the head back until the first octets of the body.',
  fix: 'Begin each stream with a comment or a retry line.',
  covers: [{ row: 'sse.tm.first-event' }],
  async run(server) {
    const start = server.clock.now()
    const { answer, body, peer } = await server.ask()
    const headMs = Math.round(server.clock.now() - start)
    const first = await body?.next(WATCH_MS)
    const bodyMs = Math.round(server.clock.now() - start)
    peer.destroy()
    const content = first?.kind === 'piece' ? `after ${bodyMs} ms` : `none within ${WATCH_MS} ms`
    return info(`head ${answer.kind === 'head' ? `after ${headMs} ms` : 'none'}, first octets ${content}`)
  },
  selfTest: {
    infos: {
      'at once': { peer: eventStreamServer(), says: 'first octets after 0 ms' },
      'with the first event': { peer: eventStreamServer({ opened: () => {} }), says: 'first octets after 200 ms' },
      none: { peer: eventStreamServer({ opened: () => {}, intervalMs: null }), says: 'none within' },
    },
  },
} satisfies HttpCheck

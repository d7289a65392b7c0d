import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { info, type Verdict, warn } from '../../verdict.ts'

const WATCH_MS = 120_000

async function run(server: HttpServer): Promise<Verdict> {
  const start = server.clock.now()
  const { peer, body } = await server.ask()
  for (;;) {
    const read = await body?.next(start + WATCH_MS - server.clock.now())
    if (read === undefined || read.kind === 'silence') {
      peer.destroy()
      return info(`it stays open for ${WATCH_MS / 1000} s and more`)
    }
    if (read.kind === 'piece') continue
    const seconds = Math.round((server.clock.now() - start) / 100) / 10
    if (read.complete) return info(`the server ends it after ${seconds} s, in good order`)
    return warn(
      'the last chunk before the connection ends',
      `cut after ${seconds} s: ${read.violation ?? 'no last chunk'}`,
    )
  }
}

const cut = () =>
  eventStreamServer({
    opened: side => side.connection.clock.after(30_000, () => side.connection.finish()) && undefined,
  })()

export default {
  title: 'How long a stream lives, and how it ends',
  level: 'info',
  spec: practice('lifetime', 'A server may end a stream at any time; the client comes back after the retry time.'),
  why: 'Gateways and functions cut streams after a fixed time; a cut without a last chunk looks like a failure to proxies.',
  fix: 'End streams yourself before the gateway does, at different times for different clients.',
  covers: [{ row: 'sse.lc.server-end' }, { row: 'sse.lc.max-age' }],
  slow: true,
  run,
  selfTest: {
    infos: {
      'stays open': { peer: eventStreamServer({ intervalMs: 5000 }), says: '120 s and more' },
      'ends in good order': { peer: eventStreamServer({ endsAfter: 10, intervalMs: 1000 }), says: 'good order' },
    },
    warns: { cut: { peer: cut, says: 'cut after 30' } },
  },
} satisfies HttpCheck

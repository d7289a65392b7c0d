import { headerList } from '../../../protocol/http1/head.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { withHeader } from '../../peers/http-response.ts'
import { silent } from '../../peers/scripted-server.ts'
import { token } from '../../published-events.ts'
import { pass, type Verdict, warn } from '../../verdict.ts'
import { publishes } from '../../watch-stream.ts'

const SETTLE_MS = 200
const HELD_MS = 1000
const UNASKED_MS = 5000
const MESSAGES = 3

async function run(server: HttpServer): Promise<Verdict> {
  const { answer, body } = await server.ask({ headers: { 'Accept-Encoding': 'gzip, br' } })
  const observed = describeAnswer(answer, ['Content-Encoding'])
  if (answer.kind !== 'head' || answer.head.status !== 200) return warn('HTTP 200', observed)
  const codings = headerList(answer.head, 'content-encoding').filter(name => name.toLowerCase() !== 'identity')
  if (codings.length === 0) return pass('not compressed')
  // A flushed event shows as octets, whatever they decode to.
  const drain = async (ms: number) => {
    let bytes = 0
    const deadline = server.clock.now() + ms
    for (;;) {
      const read = await body!.next(deadline - server.clock.now())
      if (read.kind !== 'piece') return bytes
      bytes += read.piece.bytes.length
      if (bytes > 0 && ms > SETTLE_MS) return bytes
    }
  }
  await drain(SETTLE_MS)
  for (let n = 1; n <= MESSAGES; n += 1) {
    if (publishes(server)) await server.capabilities.publish(`${token()} compressed ${n}`)
    const within = publishes(server) ? HELD_MS : UNASKED_MS
    if ((await drain(within)) === 0)
      return warn(`octets for each event within ${within} ms`, `${observed}, then nothing`)
    await drain(SETTLE_MS)
  }
  return pass(`${codings.join(', ')}, octets after each of ${MESSAGES} events`)
}

const zipped = (event?: () => string) =>
  eventStreamServer({
    intervalMs: null,
    respond: usual => withHeader(usual, 'Content-Encoding', 'gzip'),
    ...(event !== undefined && { event }),
  })

export default {
  title: 'Compression does not hold events back',
  level: 'quality',
  spec: practice('compression', 'A stream that is compressed is flushed after each event.'),
  why: 'Middleware that compresses everything collects events until its window is full: browsers, which all ask for gzip, see nothing.',
  fix: 'Exclude text/event-stream from compression, send no-transform, or flush the compressor after each event.',
  covers: [{ row: 'sse.tm.gzip' }],
  needs: ['push'],
  run,
  selfTest: {
    passes: {
      'not compressed': { peer: eventStreamServer(), says: 'not compressed' },
      flushed: { peer: zipped(), says: 'octets after each' },
    },
    warns: {
      'not flushed': { peer: zipped(() => ''), says: 'then nothing' },
      'not flushed, by itself': { peer: zipped(() => ''), given: { absent: { publish: 'no' } } },
      'no answer': silent,
    },
  },
} satisfies HttpCheck

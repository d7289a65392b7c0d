import { headerList } from '../../../protocol/http1/head.ts'
import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { withHeader } from '../../peers/http-response.ts'
import { pass, warn } from '../../verdict.ts'

const NAME = 'Content-Encoding'

export default {
  title: 'A stream is not compressed unasked',
  level: 'quality',
  spec: practice('compression', 'A client that names no coding gets the events as they are.'),
  why: 'A compressor collects input; without a flush for each event the stream stands still, and not every client can decode it.',
  fix: 'Leave text/event-stream out of the compression, or compress only what was asked for and flush after each event.',
  covers: [{ row: 'sse.hd.encoding' }],
  async run(server) {
    const codings = headerList((await server.events()).head, NAME).filter(coding => coding.toLowerCase() !== 'identity')
    return codings.length === 0 ? pass(`no ${NAME}`) : warn(`no ${NAME}`, `${NAME}: ${codings.join(', ')}`)
  },
  selfTest: {
    passes: { plain: eventStreamServer() },
    warns: { gzip: eventStreamServer({ respond: usual => withHeader(usual, NAME, 'gzip') }) },
  },
} satisfies HttpCheck

import { header } from '../../../protocol/http1/head.ts'
import { parseMediaType } from '../../../protocol/http1/media-type.ts'
import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { withHeader } from '../../peers/http-response.ts'
import { fail, pass } from '../../verdict.ts'

const typed = (value: string) => eventStreamServer({ respond: usual => withHeader(usual, 'Content-Type', value) })

export default {
  title: 'The charset is not given, or utf-8',
  level: 'must',
  spec: html(
    '17.7',
    'The charset parameter may be provided. The parameter\'s value must be "utf-8". This parameter serves no purpose; it is only allowed for compatibility with legacy servers.',
  ),
  why: 'The stream is decoded as UTF-8 in any case; Chrome refuses a stream that claims another charset.',
  fix: 'Send Content-Type: text/event-stream, with no charset or with charset=utf-8.',
  covers: [{ row: 'sse.hd.charset' }],
  blockedBy: ['sse.headers.content-type'],
  async run(server) {
    const value = header((await server.events()).head, 'content-type') ?? ''
    const charset = parseMediaType(value)?.parameters.get('charset')
    const right = charset === undefined || charset.toLowerCase() === 'utf-8'
    return right ? pass(value) : fail('no charset, or utf-8', value)
  },
  selfTest: {
    passes: { none: eventStreamServer(), 'utf-8': typed('text/event-stream; charset="UTF-8"') },
    fails: { 'iso-8859-1': { peer: typed('text/event-stream;charset=iso-8859-1'), says: 'iso-8859-1' } },
  },
} satisfies HttpCheck

import { headerHasToken, headerList } from '../../../protocol/http1/head.ts'
import type { HttpCheck } from '../../check.ts'
import { rfc9111 } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { withHeader } from '../../peers/http-response.ts'
import { pass, warn } from '../../verdict.ts'

const NAME = 'Cache-Control'
const cached = (...values: string[]) => eventStreamServer({ respond: usual => withHeader(usual, NAME, ...values) })

export default {
  title: 'A stream is not cacheable',
  level: 'should',
  spec: rfc9111(
    '5.2.2.5',
    'The no-store response directive indicates that a cache MUST NOT store any part of either the immediate request or the response and MUST NOT use the response to satisfy any other request.',
  ),
  why: 'A cache that stores the stream serves old events, or keeps everybody waiting until it has all of it.',
  fix: 'Send Cache-Control: no-store (or no-cache); with no-transform compressing middleware keeps its hands off.',
  covers: [{ row: 'sse.hd.cache' }],
  async run(server) {
    const { head } = await server.events()
    const observed = headerList(head, NAME).join(', ')
    const right = ['no-store', 'no-cache'].some(token => headerHasToken(head, NAME, token))
    if (!right) return warn('no-store or no-cache', observed === '' ? `no ${NAME}` : observed)
    return pass(`${observed}${headerHasToken(head, NAME, 'no-transform') ? '' : ' (without no-transform)'}`)
  },
  selfTest: {
    passes: { usual: eventStreamServer(), 'no-store': { peer: cached('no-store'), says: 'without' } },
    warns: { none: { peer: cached(), says: 'no Cache-Control' }, 'an hour': cached('public, max-age=3600') },
  },
} satisfies HttpCheck

import { header } from '../../../protocol/http1/head.ts'
import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { withHeader } from '../../peers/http-response.ts'
import { pass, warn } from '../../verdict.ts'

const NAME = 'X-Accel-Buffering'

export default {
  title: 'nginx is told not to buffer',
  level: 'quality',
  spec: practice(
    'ngx_http_proxy_module, proxy_buffering',
    'Buffering can also be enabled or disabled by passing "yes" or "no" in the "X-Accel-Buffering" response header field.',
  ),
  why: 'nginx buffers what it proxies and does not look at the type: events wait until 4 or 8 KiB have come together.',
  fix: 'Send X-Accel-Buffering: no.',
  covers: [{ row: 'sse.hd.accel' }],
  async run(server) {
    const value = header((await server.events()).head, NAME)
    return value?.toLowerCase() === 'no' ? pass(`${NAME}: no`) : warn(`${NAME}: no`, value ?? `no ${NAME}`)
  },
  selfTest: {
    passes: { no: eventStreamServer() },
    warns: {
      none: { peer: eventStreamServer({ respond: usual => withHeader(usual, NAME) }), says: 'no X-Accel' },
      yes: eventStreamServer({ respond: usual => withHeader(usual, NAME, 'yes') }),
    },
  },
} satisfies HttpCheck

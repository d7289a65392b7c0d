import { headerAll } from '../../../protocol/http1/head.ts'
import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { withHeader } from '../../peers/http-response.ts'
import { fail, pass } from '../../verdict.ts'

const NAME = 'Content-Type'

export default {
  title: 'An event stream is text/event-stream',
  level: 'must',
  spec: html(
    '9.2.2',
    "if res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the connection.",
  ),
  why: 'An EventSource that gets any other type fails for good: it fires error and never reconnects.',
  fix: 'Send Content-Type: text/event-stream, once.',
  covers: [{ row: 'sse.hd.type' }],
  async run(server) {
    const { head } = await server.events()
    const values = headerAll(head, NAME)
    const observed = values.length === 0 ? `no ${NAME}` : values.map(value => `${NAME}: ${value}`).join(' | ')
    const [essence = ''] = (values[0] ?? '').split(';')
    const right = values.length === 1 && essence.trim().toLowerCase() === 'text/event-stream'
    return right ? pass(observed) : fail(`${NAME}: text/event-stream`, observed)
  },
  selfTest: {
    passes: {
      plain: eventStreamServer(),
      'with a charset, in capitals': eventStreamServer({
        respond: usual => withHeader(usual, NAME, 'Text/Event-Stream; charset=utf-8'),
      }),
    },
    fails: {
      'another type': eventStreamServer({ respond: usual => withHeader(usual, NAME, 'text/plain') }),
      'a longer type': eventStreamServer({ respond: usual => withHeader(usual, NAME, 'text/event-stream-x') }),
      none: { peer: eventStreamServer({ respond: usual => withHeader(usual, NAME) }), says: 'no Content-Type' },
    },
  },
} satisfies HttpCheck

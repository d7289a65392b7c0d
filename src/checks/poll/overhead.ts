import { START } from '../../protocol/polling/cursor.ts'
import { encodeRequestHead } from '../../protocol/http1/request.ts'
import type { HttpServer } from '../../wire/http-server.ts'
import type { HttpCheck } from '../check.ts'
import { rfc6202 } from '../documents.ts'
import { withHeader } from '../peers/http-response.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { polledWhile, pollTarget } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { info, type Verdict } from '../verdict.ts'

async function run(server: HttpServer): Promise<Verdict> {
  const mark = token()
  const first = await polledWhile(server, START, () => server.capabilities.publish(token()))
  const { headBytes, text, cursor } = await polledWhile(server, first.cursor, () => server.capabilities.publish(mark))
  const headers: (readonly [string, string])[] = [
    ['Host', server.defaults.host],
    ...server.defaults.headers,
    ...cursor.headers,
  ]
  const request = encodeRequestHead({ method: 'GET', target: pollTarget(server, cursor), headers }).length
  const body = Buffer.byteLength(text)
  const total = request + headBytes + body
  return info(
    `request ${request} B, head ${headBytes} B, body ${body} B for a message of ${mark.length} B: ${Math.round((1 - mark.length / total) * 100)} % overhead`,
  )
}

export default {
  title: 'Octets per message',
  level: 'info',
  spec: rfc6202(
    '2.2',
    'every long poll request and long poll response is a complete HTTP message and thus contains a full set of HTTP headers in the message framing',
  ),
  why: 'Small messages cost mostly headers; browsers add cookies and more to each request.',
  fix: 'Send few headers, batch messages, poll a host without cookies, or use HTTP/2.',
  covers: [{ row: 'lp.overhead' }],
  needs: ['publish'],
  run,
  selfTest: {
    infos: {
      usual: { peer: longPollServer(), says: '% overhead' },
      'long headers': {
        peer: longPollServer({ respond: usual => withHeader(usual, 'X-Padding', 'x'.repeat(4000)) }),
        says: '100 % overhead',
      },
    },
  },
} satisfies HttpCheck

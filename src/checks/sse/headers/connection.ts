import { describeAnswer } from '../../../wire/describe-received.ts'
import type { HttpCheck } from '../../check.ts'
import { rfc9110 } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { withHeader } from '../../peers/http-response.ts'
import { info } from '../../verdict.ts'

export default {
  title: 'What the answer says about its connection',
  level: 'info',
  spec: rfc9110(
    '7.6.1',
    'The "Connection" header field allows the sender to list desired control options for the current connection',
  ),
  why: 'These fields mean something to one hop only; in HTTP/2 they are forbidden (RFC 9113 §8.2.2).',
  fix: 'Leave Connection and Keep-Alive to the HTTP library.',
  covers: [{ row: 'sse.hd.connection' }],
  async run(server) {
    const { head, peer } = await server.events()
    peer.destroy()
    const fields = ['Connection', 'Keep-Alive', 'Transfer-Encoding']
    return info(describeAnswer({ kind: 'head', head, ms: 0 }, fields))
  },
  selfTest: {
    infos: {
      usual: { peer: eventStreamServer(), says: 'chunked' },
      'keep-alive': {
        peer: eventStreamServer({ respond: usual => withHeader(usual, 'Connection', 'keep-alive') }),
        says: 'Connection: keep-alive',
      },
    },
  },
} satisfies HttpCheck

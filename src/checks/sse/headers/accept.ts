import { header } from '../../../protocol/http1/head.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import type { HttpCheck } from '../../check.ts'
import { rfc9110 } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { refusal } from '../../peers/http-response.ts'
import { info } from '../../verdict.ts'

export default {
  title: 'What a client gets that does not accept event streams',
  level: 'info',
  spec: rfc9110(
    '12.4.1',
    'the origin server can either honor the header field by sending a 406 (Not Acceptable) response or disregard the header field by treating the response as if it is not subject to content negotiation',
  ),
  why: 'Both are legal; some servers give a page or a poll instead, and some hold the request for ever.',
  fix: 'Nothing needs to change; 406 tells a wrong client early.',
  covers: [{ row: 'sse.hd.accept' }],
  async run(server) {
    const answers: string[] = []
    for (const accept of ['application/json', '*/*']) {
      const { answer, peer } = await server.ask({ headers: { Accept: accept } })
      peer.destroy()
      answers.push(`${accept}: ${describeAnswer(answer, ['Content-Type'])}`)
    }
    return info(answers.join('; '))
  },
  selfTest: {
    infos: {
      'disregards it': { peer: eventStreamServer(), says: 'application/json: HTTP/1.1 200' },
      honors: {
        peer: eventStreamServer({
          respond: (usual, request) => (header(request, 'accept') === 'application/json' ? refusal(406, '') : usual),
        }),
        says: 'application/json: HTTP/1.1 406',
      },
    },
  },
} satisfies HttpCheck

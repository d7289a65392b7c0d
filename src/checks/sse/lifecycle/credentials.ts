import { header } from '../../../protocol/http1/head.ts'
import type { HttpCheck } from '../../check.ts'
import { rfc9110 } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { refusal } from '../../peers/http-response.ts'
import { judgeWithoutCredentials } from '../../refused-credentials.ts'

const headers = [['Authorization', 'Bearer good']] as const
const guarded = (...refused: Parameters<typeof refusal>) =>
  eventStreamServer({
    respond: (usual, request) => (header(request, 'authorization') === undefined ? refusal(...refused) : usual),
  })

export default {
  title: 'A client whose credentials are gone is told so',
  level: 'quality',
  spec: rfc9110(
    '15.5.2',
    'The 401 (Unauthorized) status code indicates that the request has not been applied because it lacks valid authentication credentials for the target resource.',
  ),
  why: 'When a token expires the stream ends and the client comes back with it: an error of the server, or silence, makes it try for ever.',
  fix: 'Answer 401 (or 403) at once; let the client fetch a new token.',
  covers: [{ row: 'sse.lc.auth-expire' }],
  run: server => judgeWithoutCredentials(server),
  selfTest: {
    passes: { '401': { peer: guarded(401, 'no', [['WWW-Authenticate', 'Bearer']]), headers } },
    warns: {
      '404': { peer: guarded(404, 'no'), headers, says: '404' },
      '500': { peer: guarded(500, 'no'), headers, says: '500' },
      silence: {
        peer: eventStreamServer({
          respond: (usual, request) => (header(request, 'authorization') === undefined ? null : usual),
        }),
        headers,
        says: 'no response head',
      },
    },
    skips: {
      'none given': { peer: eventStreamServer(), says: 'needs credentials' },
      'none asked for': { peer: eventStreamServer(), headers, says: 'asks for no credentials' },
    },
  },
} satisfies HttpCheck

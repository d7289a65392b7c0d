import { header } from '../../protocol/http1/head.ts'
import type { HttpCheck } from '../check.ts'
import { rfc9110 } from '../documents.ts'
import { refusal } from '../peers/http-response.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { judgeWithoutCredentials } from '../refused-credentials.ts'

const headers = [['Authorization', 'Bearer good']] as const
const guarded = (...refused: Parameters<typeof refusal>) =>
  longPollServer({
    respond: (usual, request) => (header(request, 'authorization') === undefined ? refusal(...refused) : usual),
  })

export default {
  title: 'A chain whose credentials are gone is told so',
  level: 'quality',
  spec: rfc9110(
    '15.5.2',
    'The 401 (Unauthorized) status code indicates that the request has not been applied because it lacks valid authentication credentials for the target resource.',
  ),
  why: 'A poll that is held although its token is no good looks like a quiet channel for ever.',
  fix: 'Check the credentials of each poll before holding it, and answer 401.',
  covers: [{ row: 'lp.auth-expire' }],
  run: server => judgeWithoutCredentials(server),
  selfTest: {
    passes: {
      '401 at once': {
        peer: longPollServer({
          holdMs: 0,
          respond: (usual, request) => (header(request, 'authorization') === undefined ? refusal(401, 'no') : usual),
        }),
        headers,
      },
    },
    warns: {
      '404': { peer: longPollServer({ holdMs: 0, respond: () => refusal(404, 'no') }), headers, says: '404' },
      '500': { peer: longPollServer({ holdMs: 0, respond: () => refusal(500, 'no') }), headers, says: '500' },
      'is held': { peer: guarded(401, 'no'), headers, says: 'no response head' },
    },
    skips: { 'none given': { peer: longPollServer(), says: 'needs credentials' } },
  },
} satisfies HttpCheck

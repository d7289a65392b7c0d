import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { tryCases } from '../../cases.ts'
import { illegalClosePeers } from '../../peers/illegal-close-peers.ts'
import { closeWith, closing, judgeIllegalClose } from '../../websocket/closing.ts'

const CODES = [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999]

export default {
  title: 'A close code that must not be sent fails the connection and is not sent back',
  level: 'must',
  spec: rfc6455(
    '5.5.1',
    'If there is a body, the first two bytes of the body MUST be a 2-byte unsigned integer (in network byte order) representing a status code with value /code/ defined in Section 7.4.',
  ),
  why: 'These codes are the library’s own words for what happened locally; echoed, they make the client break off with an error in turn.',
  fix: 'Accept 1000–1003, 1007–1014 and 3000–4999 only; answer everything else with 1002.',
  covers: [{ row: 'ws.cl.invalid', autobahn: ['7.9.1-7.9.9'], literally: ['7.9.1-7.9.9'] }, { row: 'ws.cl.1015' }],
  run: server =>
    tryCases(
      CODES.map(code => closeWith(code)),
      async ({ payload }) => {
        const code = payload.readUInt16BE()
        const verdict = judgeIllegalClose(await closing(server, payload), [1002])
        // 1004 is reserved for a meaning to come: nothing says that it must not be sent.
        return verdict.kind === 'fail' && code === 1004 ? { ...verdict, kind: 'warn' } : verdict
      },
    ),
  selfTest: illegalClosePeers('close-code'),
} satisfies WebSocketCheck

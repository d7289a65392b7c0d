import { sleep } from '../../../world/timer.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { describeHandshake, lines } from '../../handshake-outcome.ts'
import { encodeResponse, refusal } from '../../peers/http-response.ts'
import { hangsUp, scriptedServer } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'

const REPEAT = 4000
const QUICK_MS = 1000

const cases = [
  { name: 'spaces in Sec-WebSocket-Protocol', field: 'Sec-WebSocket-Protocol', value: `b${' '.repeat(REPEAT)}x` },
  {
    name: 'escapes in Sec-WebSocket-Extensions',
    field: 'Sec-WebSocket-Extensions',
    value: `permessage-deflate; a="${'\\c'.repeat(REPEAT / 2)}`,
  },
  {
    name: 'parameters in Sec-WebSocket-Extensions',
    field: 'Sec-WebSocket-Extensions',
    value: `a${'; b=1'.repeat(800)}`,
  },
]

const answersAfter = (ms: number) =>
  scriptedServer(async connection => {
    await connection.read(60_000)
    await sleep(connection.clock, ms)
    connection.send(encodeResponse(refusal(400, 'malformed')))
  })

export default {
  title: 'Long crafted headers are answered without delay',
  level: 'quality',
  spec: practice('parsing time', 'The time to parse a header grows no faster than its length.'),
  why: 'A regular expression that backtracks lets one request of a few KiB keep the server busy for seconds (CVE-2020-7662, CVE-2021-32640).',
  fix: 'Parse these headers in one pass, or update the library that does.',
  covers: [{ row: 'ws.sec.redos' }],
  alone: true,
  run: server =>
    tryCases(cases, async ({ field, value }) => {
      const { answer } = await server.upgrade(lines(field.toLowerCase(), `${field}: ${value}`))
      const observed = describeHandshake(answer)
      if (answer.kind === 'silence') return warn('an answer', observed)
      const slow = answer.kind === 'head' && answer.ms > QUICK_MS
      return slow ? warn(`an answer within ${QUICK_MS} ms`, `${observed} after ${Math.round(answer.ms)} ms`) : pass()
    }),
  selfTest: {
    passes: { 'parses in one pass': webSocketServer(), 'hangs up': hangsUp },
    warns: {
      'takes two seconds': { peer: answersAfter(2000), says: 'after 2000 ms' },
      'takes for ever': answersAfter(1_000_000),
    },
  },
} satisfies WebSocketCheck

import { describeAnswer } from '../../wire/describe-received.ts'
import type { HttpCheck } from '../check.ts'
import { rfc6202 } from '../documents.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { silent } from '../peers/scripted-server.ts'
import { fail, pass } from '../verdict.ts'

const SHORTEST_HOLD_MS = 5000

export default {
  title: 'A poll without news is held',
  level: 'quality',
  spec: rfc6202(
    '2.1',
    'the server attempts to "hold open" (not immediately reply to) each HTTP request, responding only when there are events to deliver',
  ),
  why: 'A server that answers at once makes every client ask again at once: polling as fast as the network allows.',
  fix: 'Answer a request without news only when its hold time is over (20 to 30 s), not immediately.',
  covers: [{ row: 'lp.hold' }],
  needs: ['cursor'],
  async run(server) {
    const start = server.clock.now()
    const { answer } = await server.ask({ withinMs: SHORTEST_HOLD_MS })
    const ms = Math.round(server.clock.now() - start)
    if (answer.kind === 'silence' && answer.bytes.length === 0) return pass(`held for ${SHORTEST_HOLD_MS} ms and more`)
    return fail(`no answer within ${SHORTEST_HOLD_MS} ms`, `${describeAnswer(answer)} after ${ms} ms`)
  },
  selfTest: {
    passes: { 'holds 25 s': longPollServer(), 'never answers': silent },
    fails: { 'answers at once': { peer: longPollServer({ holdMs: 0 }), says: '204' } },
  },
} satisfies HttpCheck

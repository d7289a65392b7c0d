import { describeAnswer } from '../../wire/describe-received.ts'
import type { HttpServer } from '../../wire/http-server.ts'
import { sleep } from '../../world/timer.ts'
import type { HttpCheck } from '../check.ts'
import { practice } from '../documents.ts'
import { refusal } from '../peers/http-response.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { newestCursor, poll } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { info, type Verdict, warn } from '../verdict.ts'

async function run(server: HttpServer): Promise<Verdict> {
  const cursor = await newestCursor(server)
  const mark = token()
  const first = poll(server, cursor)
  await sleep(server.clock, 100)
  const second = poll(server, cursor)
  await sleep(server.clock, 200)
  await server.capabilities.publish(mark)
  const answers = await Promise.all([first, second])
  const told = answers.map(({ answer, text, status }, index) => {
    const news = text.includes(mark) ? 'the message' : status === 200 ? 'another message' : 'no message'
    return `${index === 0 ? 'first' : 'second'}: ${describeAnswer(answer)} with ${news}`
  })
  const mute = answers.every(({ answer }) => answer.kind === 'silence')
  return mute ? warn('the message on one of them at least', told.join('; ')) : info(told.join('; '))
}

/** The second poll of a client closes the first. */
const second = () => {
  let polls = 0
  return longPollServer({
    respond(usual) {
      polls += 1
      return polls === 2 ? refusal(409, 'another poll') : usual
    },
  })()
}

export default {
  title: 'What two polls at the same time get',
  level: 'info',
  spec: practice('concurrent polls', 'A server may answer both, or close one of them; silence on both is no answer.'),
  why: 'Two tabs, or a client that gave up on its first poll, have two requests open; some protocols close the session then.',
  fix: 'Answer both, or end the older one with a status of its own.',
  covers: [{ row: 'lp.concurrent' }],
  needs: ['publish', 'cursor'],
  run,
  selfTest: {
    infos: {
      both: { peer: longPollServer(), says: 'second: HTTP/1.1 200' },
      'one is closed': { peer: second, says: '409' },
    },
    warns: {
      'none gets it': {
        peer: longPollServer({
          respond: usual => (usual.status === 204 ? null : usual),
          news: (all, since) => all.filter(({ id }) => id > since && id < 2),
        }),
        says: 'no message',
      },
    },
  },
} satisfies HttpCheck

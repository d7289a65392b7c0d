import { CannotTell } from '../../wire/cannot-tell.ts'
import type { SelfTestCase } from '../check.ts'
import { eventStreamServer } from './event-stream-server.ts'

const LONGEST = 1000

/** Publishes short messages of one line and refuses all others. */
export const refusesToPublish: SelfTestCase = {
  peer: () => {
    const server = eventStreamServer({ intervalMs: null })()
    return {
      ...server,
      publish(message) {
        if (message.length > LONGEST || /[\r\n]/.test(message)) throw new CannotTell('--publish was answered HTTP 400')
        server.publish!(message)
      },
    }
  },
  says: 'HTTP 400',
}

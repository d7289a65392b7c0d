import { sleep } from '../../world/timer.ts'
import { CannotTell } from '../../wire/cannot-tell.ts'
import { createHttpServer } from '../../wire/http-server.ts'
import type { Surroundings } from '../../wire/server-under-test.ts'
import { createWebSocketServer } from '../../wire/websocket-server.ts'
import type { CheckTarget } from './target.ts'

/** Whether the server still answers: what a check says of one that does not is about the check before. */
export interface Answering {
  /** Waits until it answers a request; false: it did not for a long time, and is not asked again. */
  again(after: string): Promise<boolean>
  /** The check after which it answered no more. */
  readonly goneAfter: string | null
}

/** How often the longest wait for an answer: what one check has left to be done may take longer than that. */
const PATIENCE = 3
const PAUSE_MS = 250

export function watchAnswering(target: CheckTarget, around: Surroundings): Answering {
  let goneAfter: string | null = null
  let asking: Promise<boolean> | null = null

  async function ask(after: string): Promise<boolean> {
    const until = around.clock.now() + around.timeoutMs * PATIENCE
    while (!(await answers(target, around))) {
      if (around.clock.now() >= until) {
        goneAfter ??= after
        return false
      }
      await sleep(around.clock, PAUSE_MS)
    }
    return true
  }

  return {
    get goneAfter() {
      return goneAfter
    },
    again(after) {
      if (goneAfter !== null) return Promise.resolve(false)
      asking ??= ask(after).finally(() => {
        asking = null
      })
      return asking
    },
  }
}

/** Any response head will do. A poll may be held: there a connection is enough. */
async function answers(target: CheckTarget, around: Surroundings): Promise<boolean> {
  const isWebSocket = target.transport === 'ws'
  const server = isWebSocket ? createWebSocketServer(around) : createHttpServer(around, 'text/event-stream')
  try {
    if (target.transport === 'poll') {
      await server.dial()
      return true
    }
    const { answer } = 'upgrade' in server ? await server.upgrade() : await server.ask()
    return answer.kind === 'head'
  } catch (error) {
    if (error instanceof CannotTell) return false
    throw error
  } finally {
    server.dispose()
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { now } from '../../../world/clock.ts'
import { ask } from '../client/http-exchange.ts'
import { openWebSocket } from '../client/websocket-exchange.ts'
import { emitEvents } from '../origin/event-emitter.ts'
import type { OriginExchange } from '../origin/exchange.ts'
import { acceptWebSocket } from '../origin/websocket.ts'
import type { ProxyRoom } from '../part.ts'
import { probeName } from '../probe-name.ts'

/** How long after the client was gone the origin learned of it, ms; null: not within `ABORT_WAIT_MS`. */
export type AbortSeen = { seenAfterMs: number | null } | 'not-open'

export const ABORT_WAIT_MS = 5000
const HEAD_WAIT_MS = 3000

/** A client that vanishes from an event stream which goes on emitting. */
export async function probeStreamAbort({ target, origin }: ProxyRoom): Promise<AbortSeen> {
  const name = probeName()
  let seen: OriginExchange | null = null
  const atMs = Array.from({ length: 100 }, (_, index) => index * 100)
  origin!.announce(name, exchange => {
    seen = exchange
    emitEvents(exchange, { atMs, bytes: 64, endMs: 10_000 }, [['X-Accel-Buffering', 'no']])
  })
  try {
    const opened = await ask(target, { path: target.pathFor(name), headers: [['Accept', 'text/event-stream']] })
    if (!opened.ok || !(await opened.value.headArrived(HEAD_WAIT_MS))) return 'not-open'
    await sleep(300)
    opened.value.pipe.destroy()
    return await originNotices(seen)
  } finally {
    origin!.withdraw(name)
  }
}

/** A client that vanishes from an open, quiet WebSocket. */
export async function probeSocketAbort({ target, origin }: ProxyRoom): Promise<AbortSeen> {
  const name = probeName()
  let seen: OriginExchange | null = null
  origin!.announce(name, exchange => {
    seen = exchange
    acceptWebSocket(exchange)
  })
  try {
    const opened = await openWebSocket(target, name)
    if (!opened.ok || !(await opened.value.http.headArrived(HEAD_WAIT_MS))) return 'not-open'
    if (opened.value.http.head?.status !== 101) {
      opened.value.http.pipe.destroy()
      return 'not-open'
    }
    opened.value.send(OPCODE.text, Buffer.from('here'))
    await sleep(100)
    opened.value.http.pipe.reset()
    return await originNotices(seen)
  } finally {
    origin!.withdraw(name)
  }
}

function originNotices(exchange: OriginExchange | null): Promise<AbortSeen> {
  if (exchange === null) return Promise.resolve('not-open')
  const goneAtMs = now()
  return new Promise(resolve => {
    const timer = setTimeout(() => {
      exchange.reset()
      resolve({ seenAfterMs: null })
    }, ABORT_WAIT_MS)
    exchange.onEnd(({ atMs }) => {
      clearTimeout(timer)
      exchange.finish()
      resolve({ seenAfterMs: Math.max(0, atMs - goneAtMs) })
    })
  })
}

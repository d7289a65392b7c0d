import { eventsOf } from '../client/decoded-events.ts'
import { ask } from '../client/http-exchange.ts'
import { type Emission, emitEvents, sequenceOf } from '../origin/event-emitter.ts'
import type { ProxyRoom } from '../part.ts'
import { probeName } from '../probe-name.ts'

const PLAN = { atMs: Array.from({ length: 40 }, (_, index) => 200 + index * 100), bytes: 64, endMs: 4300 }

/** How long events of another client were under way at most, ms; null: its stream could not be followed. */
export async function neighbourDelay({ target, origin }: ProxyRoom): Promise<number | null> {
  const name = probeName()
  let emission: Emission | null = null
  origin!.announce(name, exchange => {
    emission ??= emitEvents(exchange, PLAN, [['X-Accel-Buffering', 'no']])
  })
  try {
    const opened = await ask(target, { path: target.pathFor(name), headers: [['Accept', 'text/event-stream']] })
    if (!opened.ok) return null
    await opened.value.finished(PLAN.endMs + 4000)
    opened.value.pipe.destroy()
    const times = (emission as Emission | null)?.emittedAtMs ?? []
    const delays = (await eventsOf(opened.value)).flatMap(({ atMs, data }) => {
      const emittedAtMs = times[sequenceOf(data) ?? -1]
      return emittedAtMs === undefined ? [] : [atMs - emittedAtMs]
    })
    return delays.length < PLAN.atMs.length ? null : Math.max(...delays)
  } finally {
    origin!.withdraw(name)
  }
}

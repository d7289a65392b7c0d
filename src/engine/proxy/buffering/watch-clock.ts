import { setTimeout as sleep } from 'node:timers/promises'
import { type ClockOffset, clockOffset, type ClockSample } from '../../../measure/clock-offset.ts'
import { now, wallOf } from '../../../world/clock.ts'
import { timeIn, timePath } from '../../endpoint-clock.ts'
import { ask } from '../client/http-exchange.ts'
import type { ProbeTarget } from '../client/probe-target.ts'
import { probeName } from '../probe-name.ts'

const PACE_MS = 500
const ANSWER_MS = 2000
const KEPT_BYTES = 4096

/** How far the endpoint's clock is ahead of ours, asked again and again for `ms`; a string says why that is not known. */
export async function watchClock(target: ProbeTarget, ms: number): Promise<ClockOffset | string> {
  const path = timePath(target.path)
  const untilMs = now() + ms
  const samples: ClockSample[] = []
  for (let dueMs = now(); dueMs < untilMs; dueMs += PACE_MS) {
    await sleep(Math.max(0, dueMs - now()))
    const sample = await askTime(target, path)
    if (sample !== null) samples.push(sample)
    else if (samples.length === 0) return `${path} tells no time, as that of rtbench serve does`
  }
  return clockOffset(samples) ?? `what ${path} answered does not go with one clock: it was set, or a cache answers`
}

async function askTime(target: ProbeTarget, path: string): Promise<ClockSample | null> {
  const opened = await ask(target, {
    path: `${path}?rtbench=${probeName()}`,
    headers: [
      ['Accept', 'application/json'],
      ['Cache-Control', 'no-cache'],
    ],
    keptBytes: KEPT_BYTES,
  })
  if (!opened.ok) return null
  const exchange = opened.value
  await exchange.finished(Math.min(ANSWER_MS, target.timeoutMs))
  exchange.close()
  const { head, headAtMs, requestedAtMs, arrivals } = exchange
  const theirsMs = timeIn(Buffer.concat(arrivals.map(({ bytes }) => bytes)).toString())
  if (head?.status !== 200 || headAtMs === null || theirsMs === null) return null
  return { askedAtMs: wallOf(requestedAtMs), answeredAtMs: wallOf(headAtMs), theirsMs }
}

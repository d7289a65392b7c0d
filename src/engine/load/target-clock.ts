// How far the clock of a target is from ours, for timestamps in its messages: asked before the run and after it.
import type { TargetConfig } from '../../config/run-config.ts'
import { type ClockOffset, clockOffset, type ClockSample } from '../../measure/clock-offset.ts'
import { createHttpClient } from '../../wire/http-client.ts'
import { now, wallOf } from '../../world/clock.ts'
import { timeIn, timePath } from '../endpoint-clock.ts'
import { sameClock } from './one-way.ts'

const QUESTIONS = 10
const ANSWER_MS = 2000
const BYTES_MAX = 4096

/** What is known of the target's clock when the run is over. */
export interface TargetClock {
  /** What the workers counted with. */
  used: ClockOffset
  /** Of each time; null: the answers after the run do not go with those before it. */
  plusMinusMs: number | null
}

export interface ClockQuestions {
  /** Null: it is this machine's clock, or nobody knows. */
  offset: ClockOffset | null
  /** Asks again, after the run. */
  end(): Promise<TargetClock | null>
}

export async function questionClock(target: TargetConfig, url: string): Promise<ClockQuestions> {
  const before = await ask(target, url)
  const known = clockOffset(before)
  // A target of this machine that has the same time has the same clock: there is nothing to be uncertain about.
  const isOurs = known !== null && sameClock(target) && Math.abs(known.offsetMs) <= known.plusMinusMs
  const offset = isOurs ? null : known
  return {
    offset,
    async end() {
      if (offset === null) return null
      const all = clockOffset([...before, ...(await ask(target, url))])
      const plusMinusMs = all === null ? null : all.plusMinusMs + Math.abs(all.offsetMs - offset.offsetMs)
      return { used: offset, plusMinusMs }
    },
  }
}

/** Ends at the first answer that tells no time. */
async function ask(target: TargetConfig, url: string): Promise<ClockSample[]> {
  const address = new URL(url.replace(/^ws/i, 'http'))
  const place = new URL(timePath(address.pathname), address).href
  const client = createHttpClient(target, 1)
  const samples: ClockSample[] = []
  try {
    for (let i = 0; i < QUESTIONS; i += 1) {
      const askedAtMs = now()
      const answer = await client.send({
        url: place,
        method: 'GET',
        headers: [['Accept', 'application/json'], ['Cache-Control', 'no-cache'], ...target.headers],
        body: null,
        timeoutMs: Math.min(ANSWER_MS, target.timeoutMs),
      })
      const answeredAtMs = now()
      const theirsMs = answer.status === 200 ? timeIn(await firstBytes(answer.body)) : null
      if (theirsMs === null) break
      samples.push({ askedAtMs: wallOf(askedAtMs), answeredAtMs: wallOf(answeredAtMs), theirsMs })
    }
  } catch {
    // Who does not answer here tells no time.
  } finally {
    await client.close().catch(() => {})
  }
  return samples
}

async function firstBytes(body: AsyncIterable<Buffer>): Promise<string> {
  let text = ''
  for await (const chunk of body) {
    text += chunk.toString('latin1')
    if (text.length > BYTES_MAX) break
  }
  return text
}

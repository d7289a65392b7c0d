import { now } from '../../../world/clock.ts'
import { emptyPart, type PartResult, type ProxyRoom } from '../part.ts'
import { IDLE_CASES, type IdleCase, type IdleOutcome, silencesMs } from './idle-case.ts'
import { idleChecks } from './idle-findings.ts'
import { trySilence, watchCase } from './watch-case.ts'

export interface IdleResult extends PartResult {
  outcomes: IdleOutcome[]
  /** The least silence after which nothing passed though nobody was told, ms. */
  blackHoleMs: { ws: number | null; sse: number | null }
}

/** Twins are watched this much longer than the quiet connection lasted. */
const TWIN_FACTOR = 1.3
const TWIN_EXTRA_MS = 2000
const MARGIN_MS = 1500

/** The idle part: all cases and silences at the same time, so that it takes as long as the longest silence. */
export async function runIdle(room: ProxyRoom): Promise<IdleResult> {
  const { idleMaxMs } = room.config
  const startMs = now()
  const done = new AbortController()
  const limit = setTimeout(() => done.abort(), idleMaxMs + MARGIN_MS)
  const stop = () => done.abort()
  room.stop.addEventListener('abort', stop, { once: true })

  const quiet = IDLE_CASES.filter(({ traffic }) => traffic === 'none')
  const twins = IDLE_CASES.filter(({ traffic }) => traffic !== 'none')
  const watch = (item: IdleCase) => watchCase(room, item, done.signal)
  const quietWatches = quiet.map(watch)
  const twinWatches = twins.map(watch)
  const silences = (transport: 'ws' | 'sse') => tryAll(room, transport, silencesMs(idleMaxMs), done.signal)
  const holes = Promise.all([silences('ws'), silences('sse')])
  try {
    const ended = await Promise.all(quietWatches)
    const known = ended.flatMap(({ endedAfterMs }) => (endedAfterMs === null ? [] : [endedAfterMs]))
    if (ended.every(({ endedAfterMs, notOpen }) => endedAfterMs !== null || notOpen !== null)) {
      const untilMs = startMs + Math.max(0, ...known) * TWIN_FACTOR + TWIN_EXTRA_MS
      setTimeout(stop, Math.max(0, untilMs - now()))
    }
    const outcomes = [...ended, ...(await Promise.all(twinWatches))]
    const [ws, sse] = await holes
    const blackHoleMs = { ws: ws!, sse: sse! }
    const checks = idleChecks(outcomes, blackHoleMs, !room.stop.aborted)
    const responseHeaders = outcomes.flatMap(({ headers }) => headers)
    return { ...emptyPart(), outcomes, blackHoleMs, checks, responseHeaders }
  } finally {
    clearTimeout(limit)
    room.stop.removeEventListener('abort', stop)
    done.abort()
  }
}

async function tryAll(
  room: ProxyRoom,
  transport: 'ws' | 'sse',
  silences: readonly number[],
  done: AbortSignal,
): Promise<number | null> {
  const tried = await Promise.all(
    silences.map(async silenceMs => ({ silenceMs, how: await trySilence(room, transport, silenceMs, done) })),
  )
  return tried.find(({ how }) => how === 'lost')?.silenceMs ?? null
}

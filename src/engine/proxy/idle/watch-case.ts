import { now } from '../../../world/clock.ts'
import type { ProxyRoom } from '../part.ts'
import { BEAT_MS, type IdleCase, type IdleOutcome } from './idle-case.ts'
import { type IdleConnection, openIdle } from './idle-connection.ts'

const LOOK_MS = 50
const ANSWER_MS = 2000

/** Keeps a connection as quiet as its case says until it ends or `done` is reached. */
export async function watchCase(room: ProxyRoom, item: IdleCase, done: AbortSignal): Promise<IdleOutcome> {
  const connection = await openIdle(room, item.transport)
  if (typeof connection === 'string')
    return { case: item, endedAfterMs: null, watchedMs: 0, how: '', notOpen: connection, headers: [] }
  const sinceMs = now()
  let beatAtMs = sinceMs
  try {
    while (!done.aborted) {
      const endedAtMs = endOf(connection, item)
      if (endedAtMs !== null) {
        // The other end may learn of it a moment later.
        await pause(LOOK_MS)
        const endedAfterMs = endedAtMs - sinceMs
        const how = describeEnd(connection, item)
        return { case: item, endedAfterMs, watchedMs: endedAfterMs, how, notOpen: null, headers: headersOf(connection) }
      }
      if (item.traffic !== 'none' && now() - beatAtMs >= BEAT_MS) {
        beatAtMs = now()
        beat(connection, item)
      }
      await pause(LOOK_MS)
    }
    const watchedMs = now() - sinceMs
    return { case: item, endedAfterMs: null, watchedMs, how: '', notOpen: null, headers: headersOf(connection) }
  } finally {
    connection.release()
  }
}

/** Whether anything still passes after a silence; `ended`: one side knew that it was over. */
export async function trySilence(
  room: ProxyRoom,
  transport: 'ws' | 'sse',
  silenceMs: number,
  done: AbortSignal,
): Promise<'through' | 'ended' | 'lost' | 'not-tried'> {
  const connection = await openIdle(room, transport)
  if (typeof connection === 'string') return 'not-tried'
  const item = { transport, traffic: 'none' } as const
  const untilMs = now() + silenceMs
  try {
    while (now() < untilMs) {
      if (done.aborted) return 'not-tried'
      if (endOf(connection, item) !== null) return 'ended'
      await pause(LOOK_MS)
    }
    const before = connection.received()
    connection.originData()
    const answerUntilMs = now() + ANSWER_MS
    while (now() < answerUntilMs) {
      if (connection.received() > before) return 'through'
      if (endOf(connection, item) !== null) return 'ended'
      await pause(LOOK_MS)
    }
    return 'lost'
  } finally {
    connection.release()
  }
}

const headersOf = ({ http }: IdleConnection): [string, string][] => http.head?.headers ?? []

function endOf({ http, atOrigin }: IdleConnection, item: IdleCase): number | null {
  const answeredAtMs = item.transport === 'poll' ? http.headAtMs : null
  const ends = [http.end?.atMs, http.bodyEndedAtMs, atOrigin.end?.atMs, answeredAtMs].filter(
    atMs => atMs !== null && atMs !== undefined,
  )
  return ends.length === 0 ? null : Math.min(...ends)
}

function describeEnd(connection: IdleConnection, item: IdleCase): string {
  const { http, atOrigin } = connection
  const code = connection.closeCode()
  if (item.transport === 'poll' && http.head !== null) return `answered HTTP ${http.head.status}`
  const parts: string[] = []
  if (code !== null) parts.push(`Close ${code}`)
  if (http.end !== null) parts.push(http.end.how.kind === 'fin' ? 'FIN' : 'RST')
  else parts.push('the client was told nothing')
  if (item.transport === 'ws' && code === null && http.end !== null) parts.push('without a Close frame (1006)')
  if (item.transport === 'sse' && http.end !== null)
    parts.push(http.bodyComplete ? 'after a complete body' : 'inside the body')
  if (atOrigin.end === null) parts.push('the origin was told nothing')
  return parts.join(' ')
}

const BEATS: Readonly<Record<Exclude<IdleCase['traffic'], 'none'>, (connection: IdleConnection) => void>> = {
  both(connection) {
    connection.clientData()
    connection.originData()
  },
  'client-data': connection => connection.clientData(),
  'origin-data': connection => connection.originData(),
  'client-ping': connection => connection.clientPing(),
  'origin-ping': connection => connection.originPing(),
  'origin-comment': connection => connection.originComment(),
}

function beat(connection: IdleConnection, item: IdleCase): void {
  if (item.traffic !== 'none') BEATS[item.traffic](connection)
}

const pause = (ms: number): Promise<void> =>
  new Promise(resolve => {
    setTimeout(resolve, ms)
  })

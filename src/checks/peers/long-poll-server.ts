import type { RequestHead } from '../../protocol/http1/head.ts'
import { sleep } from '../../world/timer.ts'
import { encodeResponse, type HttpResponse, readRequest, refusal } from './http-response.ts'
import type { ScriptedServer } from './scripted-server.ts'

/** A message of a scripted channel. */
export interface StoredMessage {
  id: number
  data: string
}

/** In what a scripted long-polling server differs from the conforming one that it otherwise is. */
export interface LongPollDeviations {
  /** How long a poll without news is held. */
  holdMs?: number
  /** What a poll gets when the hold ends; default 204. */
  timedOut?: (usual: HttpResponse) => HttpResponse | null
  /** The messages that an answer brings to a client that has seen those up to `since`. */
  news?: (all: readonly StoredMessage[], since: number) => readonly StoredMessage[]
  /** The last word about every answer; null: none is sent. */
  respond?: (usual: HttpResponse, request: RequestHead) => HttpResponse | null
}

/** A conforming long-polling server (`?since=N`, JSON with `last` and `messages`), but for these deviations. */
export function longPollServer(deviations: LongPollDeviations = {}): ScriptedServer {
  return () => {
    const all: StoredMessage[] = []
    const waiting = new Set<() => void>()
    const newsFor = (since: number) =>
      deviations.news === undefined ? all.filter(({ id }) => id > since) : deviations.news(all, since)

    async function answer(request: RequestHead, clock: Parameters<typeof sleep>[0]): Promise<HttpResponse | null> {
      if (request.method === 'HEAD') return ok(null, all.length)
      if (request.method !== 'GET') return refusal(405, 'GET only', [['Allow', 'GET, HEAD']])
      const query = new URL(request.target, 'http://peer').searchParams
      const since = query.get('since') ?? String(all.length)
      if (!/^\d+$/.test(since)) return refusal(400, 'since')
      const asked = Number(query.get('timeout') ?? Infinity) * 1000
      const holdMs = Math.min(asked, deviations.holdMs ?? 25_000)
      if (newsFor(Number(since)).length === 0) {
        await Promise.race([sleep(clock, holdMs), new Promise<void>(done => waiting.add(done))])
      }
      const messages = newsFor(Number(since))
      if (messages.length > 0) return ok(messages, messages.at(-1)!.id)
      const usual: HttpResponse = {
        status: 204,
        headers: [
          ['Cache-Control', 'no-store'],
          ['X-Last-Id', since],
        ],
      }
      return deviations.timedOut === undefined ? usual : deviations.timedOut(usual)
    }

    return {
      publish(data) {
        all.push({ id: all.length + 1, data })
        for (const done of waiting) done()
        waiting.clear()
      },
      async accept(connection) {
        for (;;) {
          const read = await readRequest(connection)
          if (read.kind === 'ended') return
          if (read.kind === 'malformed') {
            connection.send(encodeResponse(refusal(400, 'malformed')))
            connection.finish()
            return
          }
          const usual = await answer(read.head, connection.clock)
          const last = usual === null || deviations.respond === undefined ? usual : deviations.respond(usual, read.head)
          if (last === null) return
          connection.send(encodeResponse(last))
          if (!last.headers.some(([name, value]) => /^connection$/i.test(name) && /close/i.test(value))) continue
          connection.finish()
          return
        }
      },
    }
  }
}

function ok(messages: readonly StoredMessage[] | null, last: number): HttpResponse {
  const body = JSON.stringify({ last, messages: messages ?? [] })
  return {
    status: 200,
    headers: [
      ['Content-Type', 'application/json'],
      ['Content-Length', String(Buffer.byteLength(body))],
      ['Cache-Control', 'no-store'],
      ['X-Last-Id', String(last)],
    ],
    body: messages === null ? '' : body,
  }
}

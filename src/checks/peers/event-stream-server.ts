import { header, type RequestHead } from '../../protocol/http1/head.ts'
import { formatSseEvent } from '../../protocol/sse/format.ts'
import type { Peer } from '../../wire/peer.ts'
import { sleep } from '../../world/timer.ts'
import { encodeResponse, type HttpResponse, readRequest, refusal } from './http-response.ts'
import type { ScriptedServer } from './scripted-server.ts'

/** One event of a scripted stream, kept for those who come back. */
export interface StoredEvent {
  id: number
  data: string
}

/** What a scripted stream writes with; each call is one chunk. */
export interface StreamSide {
  readonly connection: Peer
  readonly request: RequestHead
  write(text: string | Uint8Array): void
  /** The last chunk: the stream ends in good order. */
  end(): void
}

/** In what a scripted SSE server differs from the conforming one that it otherwise is. */
export interface EventStreamDeviations {
  /** The last word about the response; null: none is sent. */
  respond?: (usual: HttpResponse, request: RequestHead) => HttpResponse | null
  /** Before the events begin; default: `retry: 2000`. */
  opened?: (side: StreamSide) => void | Promise<void>
  /** How an event looks on the wire. */
  event?: (event: StoredEvent, usual: string) => string | Uint8Array
  /** The events that a client with this Last-Event-ID has missed. */
  missed?: (all: readonly StoredEvent[], lastEventId: string) => readonly StoredEvent[]
  /** Between events of its own; null: emits only what is published. */
  intervalMs?: number | null
  /** Ends the stream after so many events. */
  endsAfter?: number
  /** Comment every so many ms; null: none. */
  heartbeatMs?: number | null
}

/** A conforming SSE server with ids, resume, heartbeats and an event every 200 ms, but for these deviations. */
export function eventStreamServer(deviations: EventStreamDeviations = {}): ScriptedServer {
  return () => {
    const all: StoredEvent[] = []
    const live = new Set<(event: StoredEvent) => void>()
    function emit(data: string): void {
      const event = { id: all.length + 1, data }
      all.push(event)
      for (const send of live) send(event)
    }
    return {
      publish: emit,
      async accept(connection) {
        const read = await readRequest(connection)
        if (read.kind === 'ended') return
        const head = read.kind === 'request' ? read.head : null
        const usual = head === null ? refusal(400, 'malformed') : usualResponse(head)
        const response = head === null || deviations.respond === undefined ? usual : deviations.respond(usual, head)
        if (response === null) return
        connection.send(encodeResponse(response))
        if (head === null || response.status !== 200 || head.method === 'HEAD') {
          connection.finish()
          return
        }
        await stream(streamSide(connection, head, response), all, live, emit, deviations)
      },
    }
  }
}

function usualResponse(request: RequestHead): HttpResponse {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, 'GET only', [['Allow', 'GET, HEAD']])
  const http10 = request.version === '1.0'
  return {
    status: 200,
    reason: 'OK',
    headers: [
      ['Content-Type', 'text/event-stream'],
      ['Cache-Control', 'no-cache, no-transform'],
      ['X-Accel-Buffering', 'no'],
      http10 || request.method === 'HEAD' ? ['Connection', 'close'] : ['Transfer-Encoding', 'chunked'],
    ],
  }
}

function streamSide(connection: Peer, request: RequestHead, response: HttpResponse): StreamSide {
  const chunked = response.headers.some(([name]) => name.toLowerCase() === 'transfer-encoding')
  return {
    connection,
    request,
    write(text) {
      const bytes = Buffer.from(text as string)
      if (bytes.length === 0) return
      const parts = chunked ? [Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')] : [bytes]
      connection.send(Buffer.concat(parts))
    },
    end() {
      if (chunked) connection.send(Buffer.from('0\r\n\r\n'))
      connection.finish()
    },
  }
}

async function stream(
  side: StreamSide,
  all: readonly StoredEvent[],
  live: Set<(event: StoredEvent) => void>,
  emit: (data: string) => void,
  deviations: EventStreamDeviations,
): Promise<void> {
  const { clock } = side.connection
  const { intervalMs = 200, heartbeatMs = 10_000, endsAfter = Infinity } = deviations
  let sent = 0
  const state = { over: false }
  const send = (event: StoredEvent) => {
    if (state.over) return
    const usual = formatSseEvent({ id: String(event.id), data: event.data })
    side.write(deviations.event === undefined ? usual : deviations.event(event, usual))
    sent += 1
    if (sent < endsAfter) return
    state.over = true
    side.end()
  }
  await (deviations.opened === undefined ? side.write('retry: 2000\n\n') : deviations.opened(side))
  const lastEventId = header(side.request, 'last-event-id')
  if (lastEventId !== undefined) for (const event of missedBy(all, lastEventId, deviations)) send(event)
  live.add(send)
  let beatAt = clock.now() + (heartbeatMs ?? Infinity)
  // Ends with the connection, or after ten virtual minutes with nobody listening.
  for (let turns = 0; turns < 6000 && !state.over && side.connection.end === null; turns += 1) {
    await sleep(clock, intervalMs ?? 100)
    if (intervalMs !== null && !state.over) emit(`event ${all.length + 1}`)
    if (clock.now() < beatAt) continue
    side.write(': heartbeat\n\n')
    beatAt = clock.now() + heartbeatMs!
  }
  live.delete(send)
}

function missedBy(
  all: readonly StoredEvent[],
  lastEventId: string,
  deviations: EventStreamDeviations,
): readonly StoredEvent[] {
  if (deviations.missed !== undefined) return deviations.missed(all, lastEventId)
  return /^\d+$/.test(lastEventId) ? all.filter(event => event.id > Number(lastEventId)) : all
}

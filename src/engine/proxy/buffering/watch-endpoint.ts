import { header } from '../../../protocol/http1/head.ts'
import type { Stall } from '../../../measure/stalls.ts'
import type { Cell } from '../classify/cell.ts'
import { type Classification, classifyStream } from '../classify/classify-stream.ts'
import { contentEncodingOf, eventsOf } from '../client/decoded-events.ts'
import { ask, type Opened } from '../client/http-exchange.ts'
import type { ProbeTarget } from '../client/probe-target.ts'
import type { ObservedEvent } from '../classify/observation.ts'
import { emissionTimeOf } from './emission-time.ts'

/** A stream that somebody else emits, as it arrived. */
export interface Watched {
  cell: Cell
  classification: Classification
  events: readonly ObservedEvent[]
  headers: [string, string][]
  /** Why it is no event stream; null: it is, or nothing came. */
  refused: string | null
}

/** Long enough for a page of 4 KiB at a few hundred octets per second. */
export const WATCH_MS = 9000

export async function watchEndpoint(
  target: ProbeTarget,
  encoding: Cell['encoding'],
  stalls: readonly Stall[],
): Promise<Opened<Watched>> {
  const opened = await ask(target, {
    path: target.path,
    headers: [
      ['Accept', 'text/event-stream'],
      ['Accept-Encoding', encoding],
      ['Cache-Control', 'no-cache'],
    ],
  })
  if (!opened.ok) return opened
  const exchange = opened.value
  await exchange.finished(WATCH_MS)
  exchange.pipe.destroy()
  const events = (await eventsOf(exchange)).map(({ atMs, data }) => ({
    emittedAtMs: emissionTimeOf(data),
    arrivedAtMs: atMs,
    bytes: Buffer.byteLength(data) + 8,
  }))
  const classification = classifyStream({
    requestedAtMs: exchange.requestedAtMs,
    headSentAtMs: null,
    headAtMs: exchange.headAtMs,
    events,
    arrivals: exchange.arrivals.map(arrival => ({ atMs: arrival.atMs, bytes: arrival.bytes.length })),
    chunkBytes: exchange.chunkBytes,
    contentEncoding: contentEncodingOf(exchange),
    emitted: null,
    endedAtMs: exchange.bodyEndedAtMs,
    stalls,
  })
  const cell: Cell = { http: '1.1', encoding, method: 'GET', size: 'small', remedy: null }
  const { head } = exchange
  const value = {
    cell,
    classification,
    events,
    headers: head?.headers ?? [],
    refused: refusal(exchange.malformed, head),
  }
  return { ok: true, value }
}

function refusal(
  malformed: string | null,
  head: (Parameters<typeof header>[0] & { status: number }) | null,
): string | null {
  if (malformed !== null) return malformed
  if (head === null) return null
  if (head.status !== 200) return `answered HTTP ${head.status}, not an event stream`
  const type = header(head, 'content-type') ?? '(none)'
  return /^text\/event-stream\b/i.test(type) ? null : `answered Content-Type ${type}, not text/event-stream`
}

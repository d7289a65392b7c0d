import { probeName } from '../probe-name.ts'
import type { HeaderLine } from '../../../config/run-config.ts'
import type { Stall } from '../../../measure/stalls.ts'
import type { Cell } from '../classify/cell.ts'
import type { StreamObservation } from '../classify/observation.ts'
import { contentEncodingOf, eventsOf } from '../client/decoded-events.ts'
import { ask, type Opened } from '../client/http-exchange.ts'
import { askHttp2 } from '../client/http2-exchange.ts'
import type { ProbeTarget } from '../client/probe-target.ts'
import type { ResponseRecord } from '../client/response-record.ts'
import { type Emission, emitEvents, sequenceOf } from '../origin/event-emitter.ts'
import type { OriginExchange } from '../origin/exchange.ts'
import type { Origin } from '../origin/origin.ts'
import { EMISSION_PLANS } from './emission-plans.ts'

/** One stream through the path, from both ends. */
export interface CellProbe {
  cell: Cell
  seen: StreamObservation
  exchange: ResponseRecord
  /** Null: the request never reached the origin. */
  atOrigin: OriginExchange | null
  originRequests: number
}

const GRACE_MS = 4000

export async function probeCell(
  target: ProbeTarget,
  origin: Origin,
  cell: Cell,
  stalls: readonly Stall[],
): Promise<Opened<CellProbe>> {
  const name = probeName()
  const plan = EMISSION_PLANS[cell.size]
  let emission: Emission | null = null
  let atOrigin: OriginExchange | null = null
  let originRequests = 0
  origin.announce(name, exchange => {
    originRequests += 1
    if (emission !== null) return
    atOrigin = exchange
    emission = emitEvents(exchange, plan, originHeaders(cell), { comment: cell.remedy === 'comment' })
  })
  try {
    const opened = await askFor(target, name, cell)
    if (!opened.ok) return opened
    const exchange = opened.value
    await exchange.finished(plan.endMs + GRACE_MS)
    exchange.close()
    const seen = await observationOf(exchange, emission, plan.bytes, stalls)
    return { ok: true, value: { cell, seen, exchange, atOrigin, originRequests } }
  } finally {
    origin.withdraw(name)
  }
}

const originHeaders = ({ remedy }: Cell): HeaderLine[] => [
  ['Cache-Control', remedy === 'no-transform' ? 'no-cache, no-transform' : 'no-cache'],
  ...(remedy === 'accel' ? [['X-Accel-Buffering', 'no'] as HeaderLine] : []),
]

async function askFor(
  target: ProbeTarget,
  name: string,
  { http, encoding, method }: Cell,
): Promise<Opened<ResponseRecord & { close(): void }>> {
  const headers: HeaderLine[] = [
    ['Accept', 'text/event-stream'],
    ['Accept-Encoding', encoding],
    ['Cache-Control', 'no-cache'],
    ...(method === 'POST' ? [['Content-Length', '0'] as HeaderLine] : []),
  ]
  const request = { method, path: target.pathFor(name), headers }
  return http === '2' ? askHttp2(target, request) : ask(target, request)
}

async function observationOf(
  exchange: ResponseRecord,
  emission: Emission | null,
  bytes: number,
  stalls: readonly Stall[],
): Promise<StreamObservation> {
  const arrived = await eventsOf(exchange)
  return {
    requestedAtMs: exchange.requestedAtMs,
    headSentAtMs: emission?.headAtMs ?? null,
    headAtMs: exchange.headAtMs,
    events: arrived.map(({ atMs, data }) => ({
      emittedAtMs: emission?.emittedAtMs[sequenceOf(data) ?? -1] ?? null,
      arrivedAtMs: atMs,
      bytes,
    })),
    arrivals: exchange.arrivals.map(arrival => ({ atMs: arrival.atMs, bytes: arrival.bytes.length })),
    chunkBytes: exchange.chunkBytes,
    contentEncoding: contentEncodingOf(exchange),
    emitted: emission?.emittedAtMs.length ?? null,
    endedAtMs: exchange.bodyEndedAtMs,
    stalls,
  }
}

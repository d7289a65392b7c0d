import { probeName } from '../probe-name.ts'
import type { HeaderLine } from '../../../config/run-config.ts'
import { encodeRequestHead } from '../../../protocol/http1/request.ts'
import type { Cell } from '../classify/cell.ts'
import type { StreamObservation } from '../classify/observation.ts'
import { contentEncodingOf, eventsOf } from '../client/decoded-events.ts'
import { type HttpExchange, type Opened, openHttpExchange } from '../client/http-exchange.ts'
import { type ProbeTarget, withOwnHeaders } from '../client/probe-target.ts'
import { type Emission, emitEvents, sequenceOf } from '../origin/event-emitter.ts'
import type { OriginExchange } from '../origin/exchange.ts'
import type { Origin } from '../origin/origin.ts'
import { EMISSION_PLANS } from './emission-plans.ts'

/** One stream through the path, from both ends. */
export interface CellProbe {
  cell: Cell
  seen: StreamObservation
  exchange: HttpExchange
  /** Null: the request never reached the origin. */
  atOrigin: OriginExchange | null
  originRequests: number
}

const GRACE_MS = 4000

export async function probeCell(target: ProbeTarget, origin: Origin, cell: Cell): Promise<Opened<CellProbe>> {
  const name = probeName()
  const plan = EMISSION_PLANS[cell.size]
  let emission: Emission | null = null
  let atOrigin: OriginExchange | null = null
  let originRequests = 0
  origin.announce(name, exchange => {
    originRequests += 1
    if (emission !== null) return
    atOrigin = exchange
    emission = emitEvents(exchange, plan, originHeaders(cell))
  })
  try {
    const opened = await openHttpExchange(target, cellRequest(target, name, cell), cell.method)
    if (!opened.ok) return opened
    const exchange = opened.value
    await exchange.finished(plan.endMs + GRACE_MS)
    exchange.pipe.destroy()
    const seen = await observationOf(exchange, emission, plan.bytes)
    return { ok: true, value: { cell, seen, exchange, atOrigin, originRequests } }
  } finally {
    origin.withdraw(name)
  }
}

const originHeaders = (cell: Cell): HeaderLine[] => [
  ['Cache-Control', cell.noTransform ? 'no-cache, no-transform' : 'no-cache'],
  ...(cell.accelOff ? [['X-Accel-Buffering', 'no'] as HeaderLine] : []),
]

function cellRequest(target: ProbeTarget, name: string, cell: Cell): Buffer {
  const own: HeaderLine[] = [
    ['Accept', 'text/event-stream'],
    ['Accept-Encoding', cell.encoding],
    ['Cache-Control', 'no-cache'],
    ...(cell.method === 'POST' ? [['Content-Length', '0'] as HeaderLine] : []),
  ]
  return encodeRequestHead({ method: cell.method, target: target.pathFor(name), headers: withOwnHeaders(target, own) })
}

async function observationOf(
  exchange: HttpExchange,
  emission: Emission | null,
  bytes: number,
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
  }
}

import type { SseEvent } from '../protocol/sse/events.ts'
import { CannotTell } from '../wire/cannot-tell.ts'
import { describeAnswer } from '../wire/describe-received.ts'
import { createEventStream, type EventStream } from '../wire/event-stream.ts'
import type { HttpServer } from '../wire/http-server.ts'
import { openedStream, token } from './published-events.ts'
import { publishes } from './watch-stream.ts'

/** Events as one client received them, with what another may be compared by. */
export interface Original {
  events: SseEvent[]
  /** What a client sends that has seen the first of them. */
  firstId: string
}

const EVENTS = 5
const OWN_PACE_MS = 10_000

/** The first few events of a stream, published if need be; at least two, with distinct ids. */
export async function originalEvents(server: HttpServer): Promise<Original> {
  const stream = await openedStream(server)
  const mark = token()
  if (publishes(server)) for (let n = 1; n <= EVENTS; n += 1) await server.capabilities.publish(`${mark} ${n}`)
  await stream.readFor(publishes(server) ? server.timeoutMs : OWN_PACE_MS, EVENTS)
  stream.destroy()
  const events = stream.events.map(({ event }) => event).filter(({ lastEventId }) => lastEventId !== '')
  if (new Set(events.map(({ lastEventId }) => lastEventId)).size < 2)
    throw new CannotTell(`${events.length} events with ids came, two different ones are needed`)
  return { events, firstId: events[0]!.lastEventId }
}

/** Comes back as a client that saw this id last; resolves when that many events are there, or no more come. */
export async function resumedStream(
  server: HttpServer,
  lastEventId: string,
  untilEvents: number,
  withinMs = server.timeoutMs,
): Promise<EventStream> {
  const { answer, body, peer } = await server.ask({ headers: { 'Last-Event-ID': lastEventId } })
  if (answer.kind !== 'head' || answer.head.status !== 200)
    throw new CannotTell(`Last-Event-ID ${JSON.stringify(lastEventId)}: ${describeAnswer(answer)}`)
  const stream = createEventStream(peer, answer.head, body!)
  await stream.readFor(withinMs, untilEvents)
  return stream
}

/** How what came back compares with what should have: in order, each once, from the first one on. */
export type Continuation = { kind: 'whole' } | { kind: 'lost' | 'repeated' | 'other'; text: string }

export function compareEvents(wanted: readonly SseEvent[], stream: EventStream): Continuation {
  const got = stream.events.map(({ event }) => key(event))
  const want = wanted.map(key)
  const seen = got.join(', ').slice(0, 300)
  const difference = want.findIndex((one, index) => got[index] !== one)
  if (difference === -1) return { kind: 'whole' }
  const place = got.indexOf(want[difference]!)
  const text = `${want[difference]} expected as number ${difference + 1}; received: ${seen === '' ? 'nothing' : seen}`
  if (place === -1) return { kind: got.some(one => want.includes(one)) ? 'lost' : 'other', text }
  return { kind: new Set(got.slice(0, place + 1)).size <= place || place > difference ? 'repeated' : 'lost', text }
}

const key = ({ lastEventId, data }: SseEvent) => `${lastEventId} ${JSON.stringify(data.slice(0, 40))}`

import type { EventStream } from '../wire/event-stream.ts'
import type { HttpServer, RequestChange } from '../wire/http-server.ts'
import type { SseNoteKind, SseStreamFacts } from '../protocol/sse/stream-facts.ts'
import { type Verdict, pass, skip } from './verdict.ts'

/** What is published to make a stream talk: plain, beyond ASCII, and with line breaks. */
const SAMPLES = ['rtbench plain', 'rtbench Grüße 世界 😀', '{\n"rtbench": "two lines"\n}']
const SETTLE_MS = 200
const WATCH_MS = 2500
const ENOUGH_EVENTS = 6

/** Whether the stream can be made to emit. */
export const publishes = (server: HttpServer) => server.capabilities.absent.publish === undefined

/** Receives a stream for a while, with something to say where --publish allows it. */
export async function watchStream(server: HttpServer, change: RequestChange = {}): Promise<EventStream> {
  const stream = await server.events(change)
  if (publishes(server)) {
    await stream.readFor(SETTLE_MS)
    for (const sample of SAMPLES) if (!stream.ended) await server.capabilities.publish(sample)
  }
  await stream.readFor(WATCH_MS, ENOUGH_EVENTS)
  return stream
}

/** Where nothing came that could be judged. */
export const nothingCame = (server: HttpServer): Verdict =>
  skip(`needs push: ${server.capabilities.absent.push ?? 'nothing came while the stream was watched'}`)

export const described = ({ events, bytes }: SseStreamFacts) => `${events} events in ${bytes} bytes`

/** The places of one kind of note, or null where there are none. */
export function describeNotes(facts: SseStreamFacts, ...kinds: SseNoteKind[]): string | null {
  const places = kinds.flatMap(kind => facts.notes[kind]?.samples ?? [])
  const count = kinds.reduce((sum, kind) => sum + (facts.notes[kind]?.count ?? 0), 0)
  if (count === 0) return null
  const shown = places.slice(0, 3).map(({ offset, text }) => `byte ${offset}: ${JSON.stringify(text)}`)
  return [...shown, ...(count > shown.length ? [`${count} in all`] : [])].join('; ')
}

/** A verdict on a stream by its notes alone. */
export async function judgeNotes(
  server: HttpServer,
  kinds: readonly SseNoteKind[],
  blame: (observed: string) => Verdict,
): Promise<Verdict> {
  const stream = await watchStream(server)
  const facts = stream.facts()
  const noted = describeNotes(facts, ...kinds)
  if (noted !== null) return blame(noted)
  return facts.bytes === 0 ? nothingCame(server) : pass(described(facts))
}

import type { SseEvent } from '../protocol/sse/events.ts'
import { CannotTell } from '../wire/cannot-tell.ts'
import type { EventStream } from '../wire/event-stream.ts'
import type { HttpServer } from '../wire/http-server.ts'

/** What makes a message recognizable among those of others. */
export const token = (): string => `rt${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`

const SETTLE_MS = 200
/** A message that arrives in several events is waited for that long after its first. */
const REST_MS = 300

/** A stream that has begun: what is published from now on must come. */
export async function openedStream(server: HttpServer): Promise<EventStream> {
  const stream = await server.events()
  await stream.readFor(SETTLE_MS)
  return stream
}

/** Publishes and receives on one stream; resolves to the events that are `ours`, at least one. */
export async function publishedEvents(
  server: HttpServer,
  messages: readonly string[],
  ours: (data: string) => boolean,
): Promise<SseEvent[]> {
  const stream = await openedStream(server)
  const own = () => stream.events.map(({ event }) => event).filter(({ data }) => ours(data))
  for (const message of messages) await server.capabilities.publish(message)
  const deadline = server.clock.now() + server.timeoutMs
  while (own().length < messages.length) {
    const read = await stream.event(deadline - server.clock.now())
    if (read.kind !== 'event') break
  }
  if (own().length === 0) throw new CannotTell('what was published did not arrive as an event')
  await stream.readFor(REST_MS)
  stream.destroy()
  return own()
}

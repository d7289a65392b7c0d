import { SseParser, type SseSink } from './parser.ts'

/** An event as a browser hands it to its listeners. */
export interface SseEvent {
  type: string
  data: string
  lastEventId: string
}

/** All that the client of a finished stream has seen. */
export interface SseStream {
  events: SseEvent[]
  comments: string[]
  retries: number[]
  lastEventId: string
  oversized: number
}

/** Reads a whole stream, or its pieces as they arrived; an event without a blank line after it is lost. */
export function readSseStream(reads: Iterable<Buffer>, maxEventBytes?: number): SseStream {
  const parser = new SseParser(maxEventBytes)
  const stream: SseStream = { events: [], comments: [], retries: [], lastEventId: '', oversized: 0 }
  const sink = collectingSink(parser)
  for (const read of reads) parser.push(read, 0, read.length, sink, stream)
  stream.lastEventId = parser.lastEventId
  return stream
}

function collectingSink(parser: SseParser): SseSink<SseStream> {
  return {
    event({ events }, buffer, start, end) {
      const data = buffer.toString('utf8', start, end)
      events.push({ type: parser.eventType, data, lastEventId: parser.lastEventId })
    },
    comment: ({ comments }, buffer, start, end) => comments.push(buffer.toString('utf8', start, end)),
    retry: ({ retries }, ms) => retries.push(ms),
    oversized: stream => {
      stream.oversized += 1
    },
  }
}

import { BodyReader, type BodySink } from '../../../src/protocol/http1/body.ts'
import type { BodyFraming } from '../../../src/protocol/http1/body-framing.ts'

/** What a sink was told about one body. */
export interface RecordedBody {
  data: string
  chunks: number[]
  ends: boolean[]
  /** Bytes taken of all that was offered. */
  taken: number
  payloadBytes: number
  framingBytes: number
  trailerBytes: number
  trailers: [string, string][]
  violation: string | undefined
}

/** Reads one body from reads and, if asked, lets the connection end after them. */
export function recordBody(framing: BodyFraming, reads: Iterable<Buffer>, close = false): RecordedBody {
  const reader = new BodyReader()
  const seen = { data: '', chunks: [] as number[], ends: [] as boolean[] }
  const sink: BodySink<typeof seen> = {
    bodyData(context, buffer, start, end) {
      context.data += buffer.toString('latin1', start, end)
    },
    bodyEnd: (context, _endOffset, complete) => context.ends.push(complete),
    chunk: (context, size) => context.chunks.push(size),
  }
  let taken = 0
  reader.start(framing)
  for (const read of reads) {
    taken += reader.push(read, 0, read.length, sink, seen)
    if (reader.done) break
  }
  if (close) reader.close(sink, seen)
  const { payloadBytes, framingBytes, trailerBytes, trailers, violation } = reader
  return { ...seen, taken, payloadBytes, framingBytes, trailerBytes, trailers, violation }
}

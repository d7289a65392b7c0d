import type { BodySink } from '../../../protocol/http1/body.ts'
import type { PipeEnd } from '../../../wire/byte-pipe.ts'
import { now } from '../../../world/clock.ts'

export interface BodyArrivalBytes {
  atMs: number
  bytes: Buffer
}

/** The parts of a response head that HTTP/1.1 and HTTP/2 have in common. */
export interface AnswerHead {
  status: number
  headers: [string, string][]
}

/** What came back on one request so far; it grows until `end` is set. */
export interface ResponseRecord {
  requestedAtMs: number
  headAtMs: number | null
  head: AnswerHead | null
  arrivals: BodyArrivalBytes[]
  /** Of chunked coding; HTTP/2 has none. */
  chunkBytes: number[]
  bodyBytes: number
  /** The body ended by its own framing. */
  bodyEndedAtMs: number | null
  bodyComplete: boolean
  malformed: string | null
  end: { atMs: number; how: PipeEnd } | null
  /** Resolves at the end of the body or of the connection, or when `ms` are over. */
  finished(ms: number): Promise<void>
  headArrived(ms: number): Promise<boolean>
}

/** The record and the hands that fill it; `changed` is called after each change. */
export interface RecordKeeper {
  record: ResponseRecord
  sink: BodySink<number>
  changed(): void
}

const KEPT_BYTES = 4 * 1024 * 1024
const MAX_CHUNKS = 100_000

/** Beyond `keptBytes` a body is only counted. */
export function keepRecord(keptBytes = KEPT_BYTES): RecordKeeper {
  const waiting = new Set<() => void>()
  const record: ResponseRecord = {
    requestedAtMs: now(),
    headAtMs: null,
    head: null,
    arrivals: [],
    chunkBytes: [],
    bodyBytes: 0,
    bodyEndedAtMs: null,
    bodyComplete: false,
    malformed: null,
    end: null,
    finished: ms => until(() => record.end !== null || record.bodyEndedAtMs !== null, ms).then(() => {}),
    headArrived: ms => until(() => record.head !== null || record.end !== null, ms).then(() => record.head !== null),
  }
  const sink: BodySink<number> = {
    bodyData(atMs, buffer, start, end) {
      record.bodyBytes += end - start
      if (record.bodyBytes > keptBytes) return
      record.arrivals.push({ atMs, bytes: Buffer.from(buffer.subarray(start, end)) })
    },
    bodyEnd(atMs, _offset, complete) {
      record.bodyEndedAtMs = atMs
      record.bodyComplete = complete
    },
    chunk(_, size) {
      if (record.chunkBytes.length < MAX_CHUNKS) record.chunkBytes.push(size)
    },
  }

  function until(reached: () => boolean, ms: number): Promise<boolean> {
    if (reached()) return Promise.resolve(true)
    return new Promise(resolve => {
      const check = () => {
        if (!reached()) return
        clearTimeout(timer)
        waiting.delete(check)
        resolve(true)
      }
      const timer = setTimeout(() => {
        waiting.delete(check)
        resolve(false)
      }, ms)
      waiting.add(check)
    })
  }

  return {
    record,
    sink,
    changed() {
      for (const check of waiting) check()
    },
  }
}

import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { header } from '../../../protocol/http1/head.ts'
import { SseParser } from '../../../protocol/sse/parser.ts'
import type { BodyArrivalBytes, ResponseRecord } from './response-record.ts'

export interface ArrivedEvent {
  atMs: number
  data: string
  id: string
}

const MAX_EVENTS = 20_000
const MAX_DECODED_BYTES = 16 * 1024 * 1024

/** The events of a body, each with the time of the read that completed it, after undoing its Content-Encoding. */
export async function eventsOf(exchange: ResponseRecord): Promise<ArrivedEvent[]> {
  const encoding = contentEncodingOf(exchange)
  const pieces = encoding === null ? exchange.arrivals : await decompressed(exchange.arrivals, encoding)
  const events: ArrivedEvent[] = []
  const parser = new SseParser(1024 * 1024)
  const sink = {
    event(atMs: number, buffer: Buffer, start: number, end: number) {
      if (events.length < MAX_EVENTS)
        events.push({ atMs, data: buffer.toString('utf8', start, end), id: parser.lastEventId })
    },
    comment: () => {},
    retry: () => {},
    oversized: () => {},
  }
  for (const { atMs, bytes } of pieces) parser.push(bytes, 0, bytes.length, sink, atMs)
  return events
}

/** Null: sent as it is. */
export function contentEncodingOf(exchange: ResponseRecord): string | null {
  const value = exchange.head === null ? undefined : header(exchange.head, 'content-encoding')
  return value === undefined || value.toLowerCase() === 'identity' ? null : value.toLowerCase()
}

// Piece by piece, so that what comes out carries the time of what went in; a cut-off or broken body gives what it has.
async function decompressed(arrivals: readonly BodyArrivalBytes[], encoding: string): Promise<BodyArrivalBytes[]> {
  const stream = decompressor(encoding)
  if (stream === null) return []
  const out: BodyArrivalBytes[] = []
  let atMs = 0
  let bytes = 0
  let broken = false
  stream.on('data', (piece: Buffer) => {
    bytes += piece.length
    if (bytes <= MAX_DECODED_BYTES) out.push({ atMs, bytes: piece })
  })
  stream.on('error', () => {
    broken = true
  })
  for (const arrival of arrivals) {
    if (broken || bytes > MAX_DECODED_BYTES) break
    atMs = arrival.atMs
    await new Promise<void>(resolve => {
      stream.once('error', () => resolve())
      stream.write(arrival.bytes, () => resolve())
    })
    stream.removeAllListeners('error')
    stream.on('error', () => {
      broken = true
    })
    // What the write brought forth is emitted in the turns after it.
    await new Promise(resolve => {
      setImmediate(resolve)
    })
  }
  stream.destroy()
  return out
}

function decompressor(encoding: string) {
  const flush = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH }
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip(flush)
  if (encoding === 'deflate') return createInflate(flush)
  if (encoding === 'br') return createBrotliDecompress()
  return null
}

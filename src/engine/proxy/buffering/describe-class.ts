import { formatBytes, formatMs } from '../../../report/text.ts'
import type { PathClass } from '../classify/classify-path.ts'
import type { RemedyKind } from '../../../recipes/recipe.ts'

/** `SIZE_BUFFER(4 KiB)` */
export function className(outcome: PathClass): string {
  if (outcome.kind === 'TIME_COALESCE') return `TIME_COALESCE(${formatMs(outcome.ms)})`
  if (outcome.kind === 'SIZE_BUFFER') return `SIZE_BUFFER(${formatBytes(outcome.bytes)})`
  return outcome.kind
}

/** What it means for those who use the stream. */
export function classMeaning(outcome: PathClass): string {
  switch (outcome.kind) {
    case 'TIME_COALESCE':
      return `the path holds events for up to ${formatMs(outcome.ms)} and passes them on together`
    case 'SIZE_BUFFER':
      return `the path buffers: events wait until ${formatBytes(outcome.bytes)} have come together; a slow stream waits until it ends`
    case 'COMPRESSOR':
      return 'the path compresses the stream and holds events until the compressor lets go of them'
    case 'UNTIL_CLOSE':
      return 'the path buffers: no event comes through before the stream ends'
    case 'HEADERS_HELD':
      return 'the response head waits for the first event: until then the client sees no open stream'
    case 'NOTHING':
      return 'no event came through'
    case 'STREAM':
      return 'events come through as they are emitted'
  }
}

export const classRemedy: Readonly<Record<Exclude<PathClass['kind'], 'STREAM' | 'NOTHING'>, RemedyKind>> = {
  TIME_COALESCE: 'coalescing',
  SIZE_BUFFER: 'buffering',
  COMPRESSOR: 'compression',
  UNTIL_CLOSE: 'buffering',
  HEADERS_HELD: 'headers-held',
}

/** A hold below this is a matter of taste for most uses; beyond it a stream is no stream. */
const ERROR_FROM_MS = 1000

export function severityOf(outcome: PathClass): 'info' | 'warning' | 'error' {
  if (outcome.kind === 'STREAM') return 'info'
  if (outcome.kind === 'HEADERS_HELD') return 'warning'
  if (outcome.kind === 'TIME_COALESCE') return outcome.ms >= ERROR_FROM_MS ? 'error' : 'warning'
  return 'error'
}

/** What a stream may do that its author hardly meant; each kind says what a client makes of it. */
export type SseNoteKind =
  /** The name is none of data, event, id, retry: clients ignore the line. */
  | 'unknown-field'
  /** `Data`, ` data`, `DATA `: names are compared exactly, so clients ignore the line. */
  | 'misspelt-field'
  /** A known name without a colon: its value is empty. */
  | 'field-without-colon'
  /** Anything but digits: clients ignore it. */
  | 'bad-retry'
  /** Clients ignore such an id. */
  | 'nul-in-id'
  /** Goes into a Last-Event-ID header as UTF-8, which not every server and proxy survives. */
  | 'non-ascii-id'
  /** Means `message`. */
  | 'empty-event-name'
  /** `open` and `error` are also the names of the client's own events. */
  | 'colliding-event-name'
  /** An id or event line, then a blank line: nothing is dispatched. */
  | 'block-without-data'
  /** Spaces or tabs only, neither a blank line nor a comment: clients ignore it. */
  | 'whitespace-line'
  /** Clients see U+FFFD. */
  | 'invalid-utf8'
  /** A byte order mark that is not at byte 0 is text. */
  | 'late-byte-order-mark'
  /** Longer than the observer keeps. */
  | 'oversized-line'
  /** The stream ended inside an event, with or without the end of its last line: the event is lost. */
  | 'unfinished-event'

/** Where in the stream something was seen, and the beginning of that line. */
export interface SseNoteSample {
  offset: number
  text: string
}

/** How often something was seen, with the first few places. */
export interface SseNote {
  count: number
  samples: SseNoteSample[]
}

/** How the transport's pieces (HTTP chunks, reads) lie on the events. */
export interface SsePieceFacts {
  pieces: number
  /** Pieces whose end lies inside a line or an unfinished event. */
  endingInsideEvent: number
  /** Pieces in which no event ended. */
  withoutEvent: number
  /** Pieces in which more than one event ended. */
  withSeveralEvents: number
  mostEvents: number
}

/** What a strict observer has seen of one event stream. */
export interface SseStreamFacts {
  bytes: number
  byteOrderMark: boolean
  lineEnds: { lf: number; crlf: number; cr: number }
  /** Events that a client dispatches. */
  events: number
  /** Events with more than one data line. */
  multiLineEvents: number
  comments: number
  dataLines: number
  /** Values after `: `, with the optional space, and without. */
  spacedValues: number
  unspacedValues: number
  /** Valid reconnection times in order, at most 100. */
  retries: number[]
  /** Ids that took effect. */
  ids: number
  /** Distinct event names, at most 100. */
  eventNames: string[]
  pieces: SsePieceFacts
  notes: Partial<Record<SseNoteKind, SseNote>>
}

const MAX_SAMPLES = 5
export const MAX_LISTED = 100
export const MAX_SAMPLE_TEXT = 120

export function emptyStreamFacts(): SseStreamFacts {
  return {
    bytes: 0,
    byteOrderMark: false,
    lineEnds: { lf: 0, crlf: 0, cr: 0 },
    events: 0,
    multiLineEvents: 0,
    comments: 0,
    dataLines: 0,
    spacedValues: 0,
    unspacedValues: 0,
    retries: [],
    ids: 0,
    eventNames: [],
    pieces: { pieces: 0, endingInsideEvent: 0, withoutEvent: 0, withSeveralEvents: 0, mostEvents: 0 },
    notes: {},
  }
}

/** Counts a note and keeps the place if it is among the first. */
export function addNote(facts: SseStreamFacts, kind: SseNoteKind, offset: number, text: string): void {
  const note = (facts.notes[kind] ??= { count: 0, samples: [] })
  note.count += 1
  if (note.samples.length < MAX_SAMPLES) note.samples.push({ offset, text: text.slice(0, MAX_SAMPLE_TEXT) })
}

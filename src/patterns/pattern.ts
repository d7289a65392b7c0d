import type { LoadConfig, Transport } from '../config/run-config.ts'
import type { ClockOffset } from '../measure/clock-offset.ts'
import type { Recorder } from '../measure/recorder.ts'
import type { Connection, TransportRoom } from '../transports/transport.ts'

/** What a pattern may use; one per worker. */
export interface PatternRoom {
  config: LoadConfig
  recorder: Recorder
  transport: TransportRoom
  /** Tells this run's marks from those of earlier runs. */
  tag: number
  /** Number of the shard, part of each publisher's source number. */
  shard: number
  /** The target's clock, where it is known to be another one. */
  clock: ClockOffset | null
  /** Messages scheduled before this moment belong to the warm-up. */
  warmUpUntil(): number
}

/** What the connections of one worker do. All calls come from the worker's one thread. */
export interface PatternRun {
  opened(connection: Connection): void
  message(connection: Connection, buffer: Buffer, start: number, end: number): void
  flushed(connection: Connection): void
  ended(connection: Connection): void
  /** Sends the message that was due at `scheduledMs`, now being `sentMs`; several in a row, then `flush`. */
  send(connection: Connection, scheduledMs: number, sentMs: number): void
  flush(connection: Connection): void
  /** Closed loop: begin on every open connection, or stop beginning new ones. */
  loop(running: boolean): void
  /** Messages that may still arrive; 0 when everything is accounted for. */
  outstanding(): number
  /** Whether every open connection has received the priming message. */
  primed(): boolean
  /** Who receives what others send; absent where a connection gets answers to its own messages only. */
  audience?: Audience
}

/** The receivers of one worker, whose audit needs to know what was published while each was subscribed. */
export interface Audience {
  /** A client whose connection had this state goes on purpose. */
  leaving(state: unknown): void
  /** [from, until] in ms, flat, of every receiver that was not there from beginning to end. */
  spans(): number[]
  /** Answers `spans`: how many messages were published in all and in each of those spans, and see `FailedPublishes`. */
  expect(published: number, inSpans: Float64Array, failed: Float64Array): void
  /** Messages that somebody should have got and did not. */
  lost(): number
}

/** A unit of `patterns/`. */
export interface PatternUnit {
  title: string
  transports: Transport[]
  /** The histogram that a reader looks at first. */
  latency: 'msg_rtt' | 'push_latency' | 'event_gap' | null
  create(room: PatternRoom): PatternRun
}

/** Sources above these are publishers; below are connections. */
export const PUBLISHER_SOURCES = 0xf00000
export const PRIMING_SOURCES = 0xe00000

export const publisherSource = (shard: number, publisher: number): number =>
  PUBLISHER_SOURCES | ((shard & 0xff) << 8) | (publisher & 0xff)

export const primingSource = (shard: number): number => PRIMING_SOURCES | ((shard & 0xff) << 8)

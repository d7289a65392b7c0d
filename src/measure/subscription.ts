import { type Arrival, SequenceAudit } from './audit.ts'
import type { FailedPublishes } from './failed-publishes.ts'

/** A subscription may take effect later than its connection is established, but not later than this. */
const TAKES_EFFECT_MS = 1000
/** Times in a mark are whole µs: half of one must not decide whether a message was before or after. */
const MARGIN_MS = 0.002

/** What one subscriber is to get, and what it got. Times are those of sending, on the clock of `world/clock.ts`. */
export class Subscription {
  /** Messages of the run that it was to get and got, each once. */
  received = 0
  /** How many were published for it; known when the publishers have finished. */
  expected = 0
  /** It has received something, so that its subscription is known to be in effect. */
  private isInEffect = false
  private readonly openedAt: number
  private readonly audits: SequenceAudit[] = []
  private failed: FailedPublishes | null = null
  private from: number
  private leftAt: number | null = null

  constructor(openedAt: number) {
    this.openedAt = openedAt
    this.from = openedAt + TAKES_EFFECT_MS
  }

  /**
   * It received the message that is published before the run, and so will get everything from the beginning. False: the
   * message is older than the subscription, out of the history.
   */
  prime(sentMs: number): boolean {
    if (sentMs < this.openedAt) return false
    this.isInEffect = true
    this.from = Number.NEGATIVE_INFINITY
    return true
  }

  /** It goes on purpose. What is under way to it may or may not arrive. */
  leave(atMs: number): void {
    this.leftAt ??= atMs
  }

  /** Whether a message was sent before it was subscribed: history, which it was not promised. */
  isEarly(sentMs: number): boolean {
    if (!this.isInEffect) {
      this.isInEffect = true
      // Whoever was given this one is given all that follow.
      this.from = Math.min(this.from, Math.max(this.openedAt, sentMs)) - MARGIN_MS
    }
    return sentMs < this.from
  }

  accept(publisher: number, sequence: number): Arrival {
    return (this.audits[publisher] ??= new SequenceAudit()).accept(sequence)
  }

  /** It has got this message of the run for the first time. */
  count(publisher: number, sequence: number): void {
    if (this.failed === null || !this.failed.has(publisher, sequence)) this.received += 1
  }

  /** Messages that nobody was promised: those of them that came do not stand for others. */
  forgive(failed: FailedPublishes): void {
    this.failed = failed
    for (const { publisher, from, to, counts } of failed.ranges) {
      if (counts) this.received -= this.audits[publisher]?.arrivedIn(from, to) ?? 0
    }
  }

  /** Whether it was there from the beginning to the end. */
  get isWhole(): boolean {
    return this.from === Number.NEGATIVE_INFINITY && this.leftAt === null
  }

  /**
   * Between which moments of sending everything is for it. Of one that left only what was sent `patienceMs` before:
   * later messages may have been under way.
   */
  span(patienceMs: number): [fromMs: number, untilMs: number] {
    return [this.from, this.leftAt === null ? Number.POSITIVE_INFINITY : this.leftAt - patienceMs]
  }

  /** Messages that it should have got and did not. */
  get lost(): number {
    const missing = Math.max(0, this.expected - this.received)
    if (this.leftAt === null) return missing
    // What a later message overtook is lost, however shortly before the leaving it was sent.
    const ranges = this.failed?.ranges ?? []
    const forgiven = ranges.reduce(
      (sum, { publisher, from, to }) => sum + (this.audits[publisher]?.missingIn(from, to) ?? 0),
      0,
    )
    const overtaken = this.audits.reduce((sum, audit) => sum + audit.missing, 0) - forgiven
    return Math.max(missing, overtaken)
  }
}

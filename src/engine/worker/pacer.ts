import type { Histogram } from '../../measure/histogram.ts'
import { now } from '../../world/clock.ts'
import type { Random } from '../../world/random.ts'

// Above this mean gap a worker may poll the loop for the last part of a wait instead of sleeping through it: a timer of
// the runtime is up to 1 ms late, and polling costs less than a third of a core at such rates.
const POLL_GAP_MS = 4
const TIMER_MS = 1.1
/** How far behind its schedule one turn may catch up before it lets the loop read answers. */
const TURN_MESSAGES = 2048
/** How long after its end a late schedule may still be worked off. */
const OVERTIME_MS = 1000
/** Part of a gap that rounding may shift a due time by; without it 3/s for a second could make four messages. */
const ROUNDING = 1e-3

export interface PacerOptions<Target> {
  /** Those to send on, in turn; may change between turns. */
  targets: readonly Target[]
  /** `sentMs`: now, stamped once for all messages of one target in one turn. */
  send(target: Target, scheduledMs: number, sentMs: number): void
  flush(target: Target): void
  arrival: 'constant' | 'poisson'
  random: Random
  /** Where it is recorded how late a message was that was due then. */
  sendLag(dueMs: number): Histogram
  /** Messages that could not be sent by the end of the schedule plus a second: this process was too slow. */
  unsent(count: number): void
  /** Called once, when the schedule is over. */
  finished(): void
}

/**
 * Sends on an absolute schedule: message k is due at start + k/rate whatever happened to the messages before it. What is
 * late is sent late, with its due time; nothing is skipped.
 */
export class Pacer<Target> {
  private readonly options: PacerOptions<Target>
  private perMs = 0
  private due = 0
  // Constant arrival: the due time is base + passed / rate, never a sum of many gaps.
  private base = 0
  private passed = 0
  private endAt = 0
  private turn = 0
  private running = false
  private timer: NodeJS.Timeout | null = null
  private immediate: NodeJS.Immediate | null = null

  constructor(options: PacerOptions<Target>) {
    this.options = options
  }

  start(startAt: number, endAt: number, perSecond: number, phase: number): void {
    this.perMs = perSecond / 1000
    this.endAt = endAt
    this.due = startAt + this.gap() * phase
    this.restart()
    this.running = true
    this.wait()
  }

  /** From the next message on. */
  setRate(perSecond: number): void {
    const wasIdle = this.perMs === 0
    this.perMs = perSecond / 1000
    if (wasIdle && this.running) this.due = now()
    this.restart()
    if (this.running) this.wait()
  }

  private restart(): void {
    this.base = this.due
    this.passed = 0
  }

  stop(): void {
    this.running = false
    this.disarm()
  }

  private disarm(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    if (this.immediate !== null) clearImmediate(this.immediate)
    this.timer = null
    this.immediate = null
  }

  private gap(): number {
    if (this.perMs === 0) return 0
    return this.options.arrival === 'constant' ? 1 / this.perMs : -Math.log(1 - this.options.random()) / this.perMs
  }

  private readonly tick = () => {
    this.timer = null
    this.immediate = null
    if (!this.running) return
    const time = now()
    if (this.due <= time && this.perMs > 0) this.sendDue(time)
    const late = now() > this.endAt + OVERTIME_MS
    if (late) this.options.unsent(Math.max(0, Math.ceil((this.endAt - this.due) * this.perMs - ROUNDING)))
    if (late || this.due >= this.endAt - (this.perMs === 0 ? 0 : ROUNDING / this.perMs)) {
      this.stop()
      this.options.finished()
    } else this.wait()
  }

  private wait(): void {
    this.disarm()
    const waitMs = Math.min(this.perMs === 0 ? 50 : this.due - now(), this.endAt - now())
    // Where gaps are short, what fell due while others were being sent goes out with the next tick: one wake-up for many.
    const dense = this.perMs * POLL_GAP_MS > 1
    const poll = dense ? waitMs < -TIMER_MS : waitMs < TIMER_MS
    if (poll) this.immediate = setImmediate(this.tick)
    else this.timer = setTimeout(this.tick, Math.max(1, Math.floor(waitMs - TIMER_MS)))
  }

  private sendDue(time: number): void {
    const { targets } = this.options
    if (targets.length === 0) {
      // Nobody to send on: the schedule goes on without these.
      while (this.due <= time && this.due < this.endAt) this.due += this.gap()
      this.restart()
      return
    }
    if (this.options.arrival === 'constant') this.sendConstant(Math.min(time, this.endAt))
    else this.sendRandom(time)
  }

  // All messages that are due on one connection go out in one write: walk the connections, not the times.
  private sendConstant(until: number): void {
    const { targets, send, flush } = this.options
    const gap = 1 / this.perMs
    const first = this.due
    const sendLag = this.options.sendLag(first)
    const count = Math.min(TURN_MESSAGES, Math.max(1, Math.ceil((until - first) / gap - ROUNDING)))
    const { length } = targets
    for (let j = 0; j < Math.min(count, length); j += 1) {
      const target = targets[(this.turn + j) % length]!
      const sentMs = now()
      for (let k = j; k < count; k += length) {
        const dueMs = first + k * gap
        send(target, dueMs, sentMs)
        sendLag.record((sentMs - dueMs) * 1000)
      }
      flush(target)
    }
    this.turn = (this.turn + count) % length
    this.passed += count
    this.due = this.base + this.passed * gap
  }

  private sendRandom(time: number): void {
    const { targets, send, flush, sendLag, random } = this.options
    for (let count = 0; this.due <= time && this.due < this.endAt && count < TURN_MESSAGES; count += 1) {
      const target = targets[Math.floor(random() * targets.length)]!
      const sentMs = now()
      send(target, this.due, sentMs)
      flush(target)
      sendLag(this.due).record((sentMs - this.due) * 1000)
      this.due += this.gap()
    }
  }
}

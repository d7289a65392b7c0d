import type { Connection, End, Resume } from '../../transports/transport.ts'
import { emptyResume } from '../../transports/transport.ts'
import { now } from '../../world/clock.ts'
import type { OpenerOptions } from './opener-options.ts'

/** Where a connection stands. */
interface Place {
  slot: Slot
  /** In the list of open ones; -1: not established. */
  at: number
  startedAt: number
  openedAt: number
}

/** One client of the run; its connections come and go. */
interface Slot {
  index: number
  connection: Connection | null
  resume: Resume
  /** What the pattern keeps for this client over its connections. */
  state: unknown
  redirects: number
  url: string | null
  /** Ends on purpose: neither dropped nor reopened. */
  leaving: boolean
  /** Between two connections: it will come back. */
  away: boolean
}

// If the first attempts all fail, a run of thousands would only repeat the same sentence: it is given up.
const HOPELESS_FAILURES = 10
const REDIRECTS_MAX = 5

/** Opens the connections of one worker up to a target number, and closes what is above it. */
export class Opener {
  readonly open: Connection[] = []
  readonly totals = { attempts: 0, opened: 0, failed: 0 }
  private readonly options: OpenerOptions
  private readonly slots: Slot[] = []
  private readonly places = new Map<Connection, Place>()
  private opening = 0
  /** Connections that were asked to end and have not. */
  private leaving = 0
  /** Clients that lost their connection and are to come back. */
  away = 0
  private target = 0
  private allowed = Number.POSITIVE_INFINITY
  private settledFor = -1
  private stopped = false
  private permanent: string | null = null

  constructor(options: OpenerOptions) {
    this.options = options
  }

  /** The number of clients that are to be there; `allowed`: how many may have been started by now. */
  aim(target: number, allowed = Number.POSITIVE_INFINITY): void {
    this.target = Math.min(target, this.options.connections)
    this.allowed = allowed
    while (this.slots.length > this.target) this.leave(this.slots.pop()!)
    this.fill()
  }

  /** No new connections from now on. */
  stop(): void {
    this.stopped = true
  }

  /** Asks every connection to end in its protocol's way. */
  close(): void {
    this.stopped = true
    for (const slot of this.slots) this.leave(slot)
  }

  abort(): void {
    for (const connection of Array.from(this.places.keys())) connection.abort(null)
  }

  private get hopeless(): boolean {
    return this.totals.opened === 0 && this.totals.failed >= HOPELESS_FAILURES
  }

  get pending(): number {
    return this.places.size
  }

  opened(connection: Connection): void {
    const place = this.places.get(connection)
    if (place === undefined || place.at >= 0) return
    place.at = this.open.length
    this.open.push(connection)
    this.opening -= 1
    this.totals.opened += 1
    this.options.recorder.count('conn_opened')
    place.openedAt = now()
    place.slot.redirects = 0
    this.setAway(place.slot, false)
    connection.state = place.slot.state
    this.options.onOpened(connection)
    place.slot.state = connection.state
    if (this.stopped || place.slot.leaving) connection.close()
    this.fill()
  }

  ended(connection: Connection, end: End): void {
    const place = this.places.get(connection)
    if (place === undefined) return
    this.places.delete(connection)
    const { slot } = place
    const opened = place.at >= 0
    slot.connection = null
    // Who resumes need not be given a new ticket: the one that was good stays good.
    const { tlsSession } = slot.resume
    slot.resume = connection.resume
    slot.resume.tlsSession = connection.tlsSession ?? tlsSession
    if (slot.leaving) this.leaving -= 1
    if (opened) {
      const last = this.open.pop()!
      if (last !== connection) {
        this.open[place.at] = last
        this.places.get(last)!.at = place.at
      }
      if (!slot.leaving) this.count(end)
    } else {
      this.opening -= 1
      if (!slot.leaving && !this.followed(slot, end)) this.failedToOpen(end)
    }
    this.options.onEnded(connection, opened)
    if (!slot.leaving && slot.connection === null) this.retry(place, end)
    this.fill()
  }

  private count(end: End): void {
    const { recorder } = this.options
    recorder.count('conn_dropped')
    if (end.closeCode !== null) recorder.count(`closed_by_server_${end.closeCode}`)
    if (end.failure !== null) recorder.failed(end.failure.kind, end.failure.text)
    else if (end.closeCode !== null) {
      const reason = end.reason === '' ? '' : ` "${end.reason}"`
      recorder.failed('closed', `the server closed the connection with ${end.closeCode}${reason}`)
    } else recorder.failed('closed', end.reason === '' ? 'the server closed the connection' : end.reason)
  }

  private failedToOpen(end: End): void {
    const { recorder } = this.options
    this.totals.failed += 1
    recorder.count('conn_failed')
    const failure = end.failure ?? { kind: 'closed', text: 'the connection was closed before it was established' }
    recorder.failed(failure.kind, failure.text)
  }

  private followed(slot: Slot, end: End): boolean {
    if (end.location === null || slot.redirects >= REDIRECTS_MAX || this.stopped) return false
    slot.redirects += 1
    slot.url = this.options.resolveUrl(end.location.url, slot.url)
    if (end.location.permanent) this.permanent = slot.url
    this.options.recorder.count('redirects')
    this.dial(slot)
    return true
  }

  private retry({ slot, at, startedAt, openedAt }: Place, end: End): void {
    if (this.stopped) return
    const time = now()
    const life = { upMs: at < 0 ? null : time - openedAt, sinceAttemptMs: time - startedAt }
    const delay = this.options.retryDelay(slot.index, end, life, slot.resume)
    this.setAway(slot, delay !== null)
    if (delay === null) return
    this.options.timers.at(now() + delay, () => {
      if (this.stopped || slot.leaving || slot.connection !== null) return
      this.options.recorder.count('conn_reopened')
      this.dial(slot)
    })
  }

  private setAway(slot: Slot, is: boolean): void {
    if (slot.away !== is) this.away += is ? 1 : -1
    slot.away = is
  }

  private leave(slot: Slot): void {
    slot.leaving = true
    this.options.onLeaving(slot.state)
    if (slot.connection === null) return
    this.leaving += 1
    slot.connection.close()
  }

  private fill(): void {
    const { concurrency, first } = this.options
    while (
      !this.stopped &&
      !this.hopeless &&
      this.opening < concurrency &&
      this.slots.length < this.target &&
      this.totals.attempts < this.allowed
    ) {
      const slot: Slot = {
        index: first + this.slots.length,
        connection: null,
        resume: emptyResume(),
        state: null,
        redirects: 0,
        url: this.permanent,
        leaving: false,
        away: false,
      }
      this.slots.push(slot)
      this.dial(slot)
    }
    const { hopeless } = this
    const all = this.slots.length >= this.target || hopeless || this.stopped
    if (all && this.opening === 0 && this.leaving === 0 && this.settledFor !== this.target) {
      this.settledFor = this.target
      this.options.settled(hopeless)
    }
  }

  private dial(slot: Slot): void {
    const { options } = this
    const connection = options.make(slot.index)
    slot.connection = connection
    this.places.set(connection, { slot, at: -1, startedAt: now(), openedAt: 0 })
    this.opening += 1
    this.totals.attempts += 1
    options.recorder.count('conn_attempts')
    const failure = options.start(connection, slot.resume, slot.url)
    if (failure !== null) connection.abort(failure)
    options.timers.at(now() + options.timeoutMs, () => {
      const place = this.places.get(connection)
      if (place === undefined || place.at >= 0) return
      const seconds = options.timeoutMs / 1000
      connection.abort({ kind: 'timeout', text: `no answer to the handshake within ${seconds} s (--timeout)` })
    })
  }
}

import type { Recorder } from '../../measure/recorder.ts'
import { type Route, routeOf } from '../../wire/route.ts'
import type { WorkerPlan } from './plan.ts'
import { followHandshakes } from './rooms.ts'

/** Where redirects lead. Routing options lead to the first address, so they end with it. */
export class Redirects {
  private readonly known = new Map<string, Route | null>()
  private readonly plan: WorkerPlan
  private readonly recorder: Recorder
  private handshakes

  constructor(plan: WorkerPlan, first: Route, recorder: Recorder) {
    this.plan = plan
    this.recorder = recorder
    this.handshakes = first.dial.tls?.counts ?? null
  }

  /** Null: no address that rtbench speaks to. */
  to(url: string): Route | null {
    const known = this.known.get(url)
    if (known !== undefined) return known
    const route = routeOf({ ...this.plan.config.target, connectTo: null, unixSocket: null }, url)
    this.known.set(url, route)
    if (route?.dial.tls) this.count(route.dial.tls)
    return route
  }

  /** All targets of a run count their handshakes together. */
  private count(tls: NonNullable<Route['dial']['tls']>): void {
    if (this.handshakes === null) {
      this.handshakes = tls.counts
      followHandshakes(this.recorder, tls.counts)
    } else tls.counts = this.handshakes
  }
}

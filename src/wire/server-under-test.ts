import type { Capabilities } from './capability.ts'
import type { Clock } from '../world/timer.ts'
import type { Dial } from './byte-pipe.ts'
import { CannotTell } from './cannot-tell.ts'
import { createPeer, type Peer } from './peer.ts'
import type { TlsAccess } from './tls-access.ts'
import { type ReceivedBudget, shareOf } from './received-budget.ts'
import type { WireLog } from './wire-log.ts'

/** How requests to the server look unless a check changes them. */
export interface RequestDefaults {
  secure: boolean
  /** Value of Host. */
  host: string
  /** Path and query. */
  target: string
  /** Further header lines, as given by the user. */
  headers: readonly (readonly [name: string, value: string])[]
  subprotocols: readonly string[]
}

/** What every check is given, whatever the transport. */
export interface ServerUnderTest {
  readonly defaults: RequestDefaults
  readonly capabilities: Capabilities
  readonly clock: Clock
  /** The longest wait for an answer that must come. */
  readonly timeoutMs: number
  /** How long nothing must happen before it counts as nothing happening. */
  readonly quietMs: number
  /** A connection of its own; `by` another way than the usual one. */
  dial(by?: Dial): Promise<Peer>
  /** Where the target is spoken to over TLS: the other ways to it. */
  tls(): TlsAccess
}

export interface Surroundings {
  dial: Dial
  /** Null where the target is not spoken to over TLS. */
  tls: TlsAccess | null
  defaults: RequestDefaults
  capabilities: Capabilities
  clock: Clock
  timeoutMs: number
  quietMs: number
  log: WireLog
  /** Shared with the checks beside this one. */
  budget: ReceivedBudget
}

/** The common part of a server handle, and the end of all its connections. */
export function createServerUnderTest(
  around: Surroundings,
): ServerUnderTest & { budget: ReceivedBudget; dispose(): void } {
  const { defaults, capabilities, clock, timeoutMs, quietMs, log } = around
  const budget = shareOf(around.budget)
  const peers: Peer[] = []
  return {
    defaults,
    capabilities,
    clock,
    timeoutMs,
    quietMs,
    tls() {
      if (around.tls === null) throw new CannotTell('the target is not spoken to over TLS')
      return around.tls
    },
    async dial(by = around.dial) {
      const opened = await by()
      if (!opened.ok) throw new CannotTell(`no connection: ${opened.code} ${opened.reason}`)
      const peer = createPeer(opened.pipe, clock, log.connection())
      peers.push(peer)
      return peer
    },
    budget,
    dispose() {
      for (const peer of peers) peer.destroy()
      budget.end()
    },
  }
}

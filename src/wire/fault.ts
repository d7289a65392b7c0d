import type { GateConnection } from './gate-connection.ts'

export type FaultSettings = Readonly<Record<string, number>>

/** How an attempt ends that met the fault. */
export interface MetEnding {
  sinceAttemptMs: number
  upMs?: number
  greeted?: boolean
  status?: number
  retryAfterMs?: number
}

/** One way to fail, as the gate in front of the target plays it. */
export interface Fault<S extends FaultSettings = FaultSettings> {
  title: string
  /** What the gate must be able to read of the connection: TLS hides everything above TCP. */
  reads: 'tcp' | 'http'
  settings: S
  /** What open connections meet at the start; absent: RST. `none`: they stay. */
  cut?: ((connection: GateConnection, settings: S) => void) | 'none'
  /** Share of the open connections cut per second; absent: all at once. */
  cutShare?(settings: S): number
  /** For the prediction: what a client learns of the end of its connection. */
  lost?(settings: S): { closeCode?: number }
  /** For the prediction: how each attempt ends while it lasts. Absent: cannot be predicted. */
  meets?(settings: S, timeoutMs: number): MetEnding
  /** While it lasts. `closed`: connects are refused. `black-hole`: SYN packets are dropped. */
  listener: 'open' | 'closed' | 'black-hole'
  /** What a new connection meets while it lasts; absent: admitted as usual. `random` is uniform in [0, 1). */
  arrive?(connection: GateConnection, settings: S, random: () => number): 'met' | 'admit'
}

/** Keeps the names of a fault's own settings known to it. */
export function defineFault<S extends FaultSettings>(fault: Fault<S>): Fault<S> {
  return fault
}

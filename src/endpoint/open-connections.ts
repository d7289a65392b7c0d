export type ConnectionKind = 'echo' | 'push' | 'events' | 'poll'

/** A connection or held poll that stays open: what the endpoint does to all of them. */
export interface OpenConnection {
  readonly kind: ConnectionKind
  heartbeat(): void
  /** Ends in the protocol's own way. */
  goAway(): void
}

/** All that is open; each gets its heartbeat once per interval, at its own time. */
export interface OpenConnections extends Iterable<OpenConnection> {
  add(connection: OpenConnection): void
  delete(connection: OpenConnection): void
  counts(): Record<ConnectionKind, number>
  stopHeartbeats(): void
}

/** Ten thousand pings in one turn of the loop would hold up every message for a tenth of a second. */
const slotCount = 64

export function createOpenConnections(heartbeatMs: number): OpenConnections {
  const slots = Array.from({ length: slotCount }, () => new Set<OpenConnection>())
  const slotOf = new Map<OpenConnection, Set<OpenConnection>>()
  // Rounded down, with the lag of 64 timers in hand: rather early than late.
  const intervalMs = Math.floor(heartbeatMs / (slotCount + 1))
  let turn = 0
  const timer = setInterval(() => {
    for (const connection of slots[turn++ % slotCount]!) connection.heartbeat()
  }, intervalMs)

  return {
    add(connection) {
      // The slot that was served last: its next turn is an interval away.
      const slot = slots[(turn + slotCount - 1) % slotCount]!
      slot.add(connection)
      slotOf.set(connection, slot)
    },
    delete(connection) {
      slotOf.get(connection)?.delete(connection)
      slotOf.delete(connection)
    },
    counts() {
      const counts = { echo: 0, push: 0, events: 0, poll: 0 }
      for (const connection of slotOf.keys()) counts[connection.kind] += 1
      return counts
    },
    stopHeartbeats: () => clearInterval(timer),
    [Symbol.iterator]: () => slotOf.keys(),
  }
}

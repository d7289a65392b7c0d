// The frame of a peer client: takes orders from the bench, tells how far it is.
import type { FromPeer, ToPeer } from '../peer-client.ts'

const TICK_MS = 500
const OPENING_AT_ONCE = 64

/** Shared by the work and its frame. */
export interface Tally {
  units: number
}

const tell = (message: FromPeer) => process.send!(message)

/** `openOne` resolves when connection number `index` is open; `begin` starts the work once all are. */
export function runPeer(
  connections: number,
  tally: Tally,
  openOne: (index: number) => Promise<void>,
  begin: () => void,
): void {
  process.on('disconnect', () => process.exit(0))
  process.on('message', (order: ToPeer) => {
    if (order.type !== 'open') return
    let started = 0
    const chain = async (): Promise<void> => {
      while (started < connections) await openOne(started++)
    }
    Promise.all(Array.from({ length: OPENING_AT_ONCE }, chain)).then(
      () => {
        tell({ type: 'opened' })
        begin()
        setInterval(() => tell({ type: 'units', units: tally.units }), TICK_MS)
      },
      (error: Error) => {
        process.stderr.write(`${error.stack}\n`)
        process.exit(1)
      },
    )
  })
  tell({ type: 'ready' })
}

/** What the bench has passed. */
export const peerOptions = <T>(): T => JSON.parse(process.argv[2]!) as T

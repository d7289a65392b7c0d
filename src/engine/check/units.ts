import type { HttpCheck, WebSocketCheck } from '../../checks/check.ts'
import type { Transport } from '../../config/run-config.ts'
import { findUnits, loadUnit } from '../../world/units.ts'

/** A check and what its place in the house says about it. */
export interface Unit {
  id: string
  transport: Transport
  /** `ws.handshake` of `ws.handshake.accept`. */
  section: string
  check: WebSocketCheck | HttpCheck
}

/** The rest of the room are the checks' interface and shared parts. */
const TRANSPORT_FOLDER = /^(ws|sse|poll)\./

/** Every check, in the order of its id. */
export async function loadChecks(): Promise<Unit[]> {
  const found = findUnits('checks', ['peers']).filter(unit => TRANSPORT_FOLDER.test(unit.id))
  return Promise.all(
    found.map(async unit => {
      const parts = unit.id.split('.')
      const section = parts.slice(0, Math.max(1, parts.length - 1)).join('.')
      const check = await loadUnit<WebSocketCheck | HttpCheck>(unit)
      return { id: unit.id, transport: parts[0] as Transport, section, check }
    }),
  )
}

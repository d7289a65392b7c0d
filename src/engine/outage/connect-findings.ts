// What the connects of a herd cost the server, beside their number.
import type { Finding } from '../../report/report.ts'
import type { Compared } from './compared.ts'

/** Share of full handshakes from which on resumption does not work, rather than missing for a few. */
const MOSTLY = 0.5

const count = (value: number) => value.toLocaleString('en-US')

/** A full handshake costs the server a signature; a resumed one does not (RFC 8446 §2.2). */
export function fullHandshakes({ policy, outcome }: Compared): Finding | null {
  const handshakes = outcome?.measured?.handshakes
  if (!handshakes) return null
  const total = handshakes.full + handshakes.resumed
  if (total === 0 || handshakes.full / total < MOSTLY) return null
  return {
    id: 'outage.full-handshakes',
    severity: 'warning',
    text: `${count(handshakes.full)} of ${count(total)} TLS handshakes of ${policy} after the cut were full ones, though the clients offered their session`,
    fix: 'Let sessions be resumed: session tickets whose key outlives a restart and is shared by all servers behind one name',
  }
}

/** The kernel drops the SYN for which the listener's queue has no place; the client sends it again after 1, 3, 7 s. */
export function acceptQueue({ policy, outcome }: Compared): Finding | null {
  const retried = outcome?.measured?.slowConnects ?? 0
  if (retried === 0) return null
  return {
    id: 'outage.accept-queue',
    severity: 'warning',
    text: `${count(retried)} connections of ${policy} came about only when their SYN was sent again, a second or more later`,
    fix: 'Raise the backlog of the listener and net.core.somaxconn, or accept faster: the queue was full, or packets were lost on the way',
  }
}

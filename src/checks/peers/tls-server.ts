import type { Shown } from '../../wire/tls-access.ts'
import type { Peer } from '../../wire/peer.ts'
import type { ScriptedServer } from './scripted-server.ts'
import { webSocketServer } from './websocket-server.ts'

/** A conforming server over TLS, with what it shows of itself and what it does on a connection without TLS. */
export function tlsServer(tls: {
  shown?: (servername: string | null) => Shown
  cleartext?: (connection: Peer) => Promise<void> | void
}): ScriptedServer {
  return () => ({ ...webSocketServer()(), tls })
}

export const certificate: Shown & { kind: 'certificate' } = {
  kind: 'certificate',
  protocol: 'TLSv1.3',
  subject: 'peer.test',
  names: 'DNS:peer.test',
  daysLeft: 60,
  problem: null,
}

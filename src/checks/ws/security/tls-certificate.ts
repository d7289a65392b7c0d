import type { Shown } from '../../../wire/tls-access.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc9110 } from '../../documents.ts'
import { certificate, tlsServer } from '../../peers/tls-server.ts'
import { pass, warn } from '../../verdict.ts'

const EXPECTED = 'a valid certificate from an authority that clients trust, with this name among its alternative names'

function describe(shown: Shown): string {
  if (shown.kind === 'refused') return `no handshake (${shown.reason})`
  const { protocol, subject, names, daysLeft, problem } = shown
  const validity = daysLeft < 0 ? `expired ${-daysLeft} days ago` : `${daysLeft} days left`
  return `${protocol}, CN ${subject}${names === '' ? '' : ` (${names})`}, ${validity}${problem === null ? '' : `: ${problem}`}`
}

export default {
  title: 'The certificate is one that clients accept',
  level: 'should',
  spec: rfc9110(
    '4.3.4',
    "If the certificate is not valid for the target URI's origin, a user agent MUST either obtain confirmation from the user before proceeding (see Section 3.5) or terminate the connection with a bad certificate error.",
  ),
  why: 'A browser opens no WebSocket to a server whose certificate it does not trust, and asks nobody.',
  fix: 'Send the whole chain up to a public authority, with the name of the URL, and renew it in time; for an authority of your own: --cacert.',
  covers: [{ row: 'ws.sec.tls-cert' }],
  needs: ['tls'],
  async run(server) {
    const { servername, shown } = server.tls()
    const asked = await shown(servername)
    const nameless = servername === null ? null : await shown(null)
    const observed = describe(asked) + (nameless === null ? '' : `; without a server name: ${describe(nameless)}`)
    // The MUST binds the client; whoever runs this check has already told rtbench to accept it (--insecure). RFC 6455
    // §4.1: clients send the name, so what comes without it is only told.
    const good = asked.kind === 'certificate' && asked.problem === null && asked.names !== ''
    return good ? pass(observed) : warn(EXPECTED, observed)
  },
  selfTest: {
    passes: {
      'is valid': { peer: tlsServer({ shown: () => certificate }), says: '60 days left' },
      'shows nothing without a name': {
        peer: tlsServer({ shown: name => (name === null ? { kind: 'refused', reason: 'EPROTO' } : certificate) }),
        says: 'without a server name: no handshake (EPROTO)',
      },
    },
    warns: {
      'has a common name alone': tlsServer({ shown: () => ({ ...certificate, names: '' }) }),
      'has expired': {
        peer: tlsServer({ shown: () => ({ ...certificate, daysLeft: -3, problem: 'CERT_HAS_EXPIRED' }) }),
        says: 'expired 3 days ago: CERT_HAS_EXPIRED',
      },
      'is for another name': tlsServer({
        shown: () => ({ ...certificate, names: 'DNS:other.test', problem: 'ERR_TLS_CERT_ALTNAME_INVALID' }),
      }),
      'shows none': {
        peer: tlsServer({ shown: () => ({ kind: 'refused', reason: 'ECONNRESET' }) }),
        says: 'ECONNRESET',
      },
    },
  },
} satisfies WebSocketCheck

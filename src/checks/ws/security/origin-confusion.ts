import { header } from '../../../protocol/http1/head.ts'
import { answerStatus } from '../../../wire/websocket-server.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'

/** Origins that a sloppy comparison takes for the allowed one. */
function lookalikes(allowed: string): { name: string; origin: string }[] {
  const { protocol, hostname, port, host } = new URL(allowed)
  const others = [
    { name: 'as a prefix', origin: `${protocol}//${hostname}.evil.example` },
    { name: 'as a suffix', origin: `${protocol}//evil${hostname}` },
    { name: 'a subdomain', origin: `${protocol}//evil.${host}` },
    { name: 'another port', origin: `${protocol}//${hostname}:${port === '8444' ? 8445 : 8444}` },
    { name: 'another scheme', origin: `${protocol === 'https:' ? 'http:' : 'https:'}//${host}` },
    { name: 'in a path', origin: `https://evil.example/${host}` },
    { name: 'null', origin: 'null' },
  ]
  return others.filter(({ origin }) => origin !== allowed)
}

const allowing = (allows: (origin: string) => boolean) =>
  webSocketServer({
    respond: (usual, request) => (allows(header(request, 'origin') ?? '') ? usual : refusal(403, 'Origin')),
  })

export default {
  title: 'Only the exact Origin is let in, not what looks like it',
  level: 'should',
  spec: rfc6455(
    '10.2',
    'Servers that are not intended to process input from any web page but only for certain sites SHOULD verify the |Origin| field is an origin they expect.',
  ),
  why: 'A comparison by prefix, suffix or substring lets in a host that an attacker can register.',
  fix: 'Compare the whole Origin, scheme and port included, with a list of exact values.',
  covers: [{ row: 'ws.sec.origin-confusion' }],
  needs: ['allowed-origin'],
  async run(server) {
    const allowed = server.capabilities.allowedOrigin!
    const { answer } = await server.upgrade({ origin: allowed })
    if (answerStatus(answer) !== 101) return warn(`101 for ${allowed}`, describeHandshake(answer))
    return tryCases(lookalikes(allowed), async ({ origin }) => {
      const { answer } = await server.upgrade({ origin })
      const observed = `${origin}: ${describeHandshake(answer)}`
      return answerStatus(answer) === 101 ? warn('403', observed) : pass(observed)
    })
  },
  selfTest: {
    passes: { exact: webSocketServer({ origins: ['http://peer.test'] }) },
    warns: {
      'by suffix': { peer: allowing(origin => origin.endsWith('peer.test')), says: 'as a suffix' },
      'by prefix': { peer: allowing(origin => origin.startsWith('http://peer.test')), says: 'as a prefix' },
      'null too': { peer: allowing(origin => origin === 'null' || origin === 'http://peer.test'), says: 'null' },
      'not even the allowed one': webSocketServer({ origins: [] }),
    },
  },
} satisfies WebSocketCheck

import { header, headerHasToken, type ResponseHead } from '../../../protocol/http1/head.ts'
import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { rfc9110 } from '../../documents.ts'
import { FOREIGN_ORIGIN } from '../../cross-origin.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { withHeader } from '../../peers/http-response.ts'
import { pass, type Verdict, warn } from '../../verdict.ts'

const ALLOW = 'Access-Control-Allow-Origin'

async function headOf(server: HttpServer, headers: Record<string, string>): Promise<ResponseHead | null> {
  const { answer, peer } = await server.ask({ headers })
  peer.destroy()
  return answer.kind === 'head' ? answer.head : null
}

async function run(server: HttpServer): Promise<Verdict> {
  const usual = (await server.events()).head
  const differing: string[] = []
  const origin = server.capabilities.allowedOrigin ?? FOREIGN_ORIGIN
  const other = await headOf(server, { Origin: origin })
  if (other !== null && header(other, ALLOW) !== header(usual, ALLOW)) differing.push('Origin')
  const json = await headOf(server, { Accept: 'application/json' })
  const varies =
    json !== null && (json.status !== usual.status || header(json, 'content-type') !== header(usual, 'content-type'))
  if (varies) differing.push('Accept')
  const answered = other ?? usual
  const missing = differing.filter(
    name => !headerHasToken(answered, 'vary', name) && !headerHasToken(answered, 'vary', '*'),
  )
  if (missing.length === 0)
    return pass(differing.length === 0 ? 'the answer does not vary' : `Vary: ${differing.join(', ')}`)
  // What may not be stored needs no key to be found again.
  if (headerHasToken(answered, 'cache-control', 'no-store')) return pass('no-store')
  return warn(`Vary: ${missing.join(', ')}`, header(answered, 'vary') ?? 'no Vary')
}

const reflecting = (vary: string | null) =>
  eventStreamServer({
    respond(usual, request) {
      const origin = header(request, 'origin')
      const answer = vary === null ? usual : withHeader(usual, 'Vary', vary)
      return origin === undefined ? answer : withHeader(answer, ALLOW, origin)
    },
  })

export default {
  title: 'Vary names what the answer depends on',
  level: 'should',
  spec: rfc9110(
    '12.5.5',
    'An origin server SHOULD generate a Vary header field on a cacheable response when it wishes that response to be selectively reused for subsequent requests.',
  ),
  why: 'A shared cache hands the answer for one origin to another, whose browser refuses it.',
  fix: 'Send Vary: Origin where Access-Control-Allow-Origin follows the request, Vary: Accept where the type does.',
  covers: [{ row: 'sse.hd.vary' }],
  run,
  selfTest: {
    passes: {
      'does not vary': { peer: eventStreamServer(), says: 'does not vary' },
      'says so': { peer: reflecting('Accept-Encoding, Origin'), says: 'Vary: Origin' },
      'may not be stored': eventStreamServer({
        respond: (usual, request) =>
          withHeader(withHeader(usual, 'Cache-Control', 'no-store'), ALLOW, header(request, 'origin') ?? 'null'),
      }),
    },
    warns: {
      'origin without Vary': { peer: reflecting(null), says: 'no Vary' },
      'type without Vary': eventStreamServer({
        respond: (usual, request) => withHeader(usual, 'Content-Type', header(request, 'accept')!),
      }),
    },
  },
} satisfies HttpCheck

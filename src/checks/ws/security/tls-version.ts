import { encodeClientHello, parseHelloAnswer, TLS_VERSION } from '../../../protocol/tls/hello.ts'
import { describeBytes } from '../../../wire/describe-received.ts'
import type { Peer } from '../../../wire/peer.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc8996 } from '../../documents.ts'
import { tlsServer } from '../../peers/tls-server.ts'
import { fail, pass, type Verdict } from '../../verdict.ts'

const OLD = ['1.0', '1.1'] as const
const EXPECTED = 'an alert, or the end of the connection'
/** Nothing is kept secret by a handshake that is not finished. */
const RANDOM = Buffer.alloc(32, 'rtbench ')

/** The answer to a hello: TLS records come in any number of segments. */
async function helloAnswer(peer: Peer, withinMs: number): Promise<Verdict> {
  const deadline = peer.clock.now() + withinMs
  let bytes = Buffer.alloc(0)
  for (;;) {
    const read = await peer.read(deadline - peer.clock.now())
    if (read.kind === 'silence') return pass('no answer')
    if (read.kind !== 'bytes') return pass(read.kind === 'fin' ? 'FIN' : read.code)
    bytes = Buffer.concat([bytes, read.bytes])
    const answer = parseHelloAnswer(bytes)
    if (answer.kind === 'incomplete') continue
    if (answer.kind === 'alert') return pass(`alert ${answer.description}`)
    if (answer.kind === 'not-tls') return pass(describeBytes(bytes))
    const version = OLD.find(name => TLS_VERSION[name] === answer.version)
    return version === undefined ? pass(describeBytes(bytes)) : fail(EXPECTED, `ServerHello of TLS ${version}`)
  }
}

export default {
  title: 'TLS 1.0 and 1.1 are refused',
  level: 'must',
  spec: rfc8996('5', 'Negotiation of TLS 1.1 from any version of TLS MUST NOT be permitted.'),
  why: 'Both rest on SHA-1 and on modes with known attacks; audits and payment rules forbid them.',
  fix: 'Set TLS 1.2 as the lowest version (nginx: ssl_protocols TLSv1.2 TLSv1.3).',
  covers: [{ row: 'ws.sec.tls-proto' }],
  needs: ['tls'],
  run(server) {
    const { servername, cleartext } = server.tls()
    const cases = OLD.map(version => ({ name: `ClientHello of TLS ${version}`, version: TLS_VERSION[version] }))
    return tryCases(cases, async ({ version }) => {
      const peer = await server.dial(cleartext[0]!.dial)
      peer.send(encodeClientHello({ version, random: RANDOM, servername }))
      const verdict = await helloAnswer(peer, server.timeoutMs)
      peer.destroy()
      return verdict
    })
  },
  selfTest: {
    passes: {
      'sends protocol_version': answersHello('15030100020246'),
      'sends an alert in pieces': answersHello('1503', '0100020246'),
      'ends the connection': answersHello(),
      'resets it': tlsServer({ cleartext: connection => connection.reset() }),
      'does not answer': tlsServer({ cleartext: () => {} }),
      'does not speak TLS': tlsServer({ cleartext: connection => connection.send(Buffer.from('HTTP/1.1 400')) }),
      'insists on TLS 1.2': answersHello('160303003a020000360303'),
    },
    fails: {
      'takes TLS 1.1': {
        peer: tlsServer({
          async cleartext(connection) {
            const read = await connection.read(60_000)
            const asked = read.kind === 'bytes' && read.bytes.readUInt16BE(9) === TLS_VERSION['1.1']
            connection.send(Buffer.from(asked ? '160302003a020000360302' : '15030100020246', 'hex'))
          },
        }),
        says: 'ClientHello of TLS 1.1: ServerHello of TLS 1.1',
      },
      'takes both': { peer: answersHello('1603', '01003a020000360301'), says: 'ServerHello of TLS 1.0' },
    },
  },
} satisfies WebSocketCheck

/** Answers with these segments, then ends. */
function answersHello(...segments: string[]) {
  return tlsServer({
    async cleartext(connection) {
      await connection.read(60_000)
      for (const segment of segments) connection.send(Buffer.from(segment, 'hex'))
      connection.finish()
    },
  })
}

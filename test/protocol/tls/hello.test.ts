import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { test, type TestContext } from 'node:test'
import { createServer, type TlsOptions } from 'node:tls'
import { selfSignedCertificate } from '../../../src/endpoint/certificate.ts'
import { encodeClientHello, type HelloAnswer, parseHelloAnswer, TLS_VERSION } from '../../../src/protocol/tls/hello.ts'

const random = Buffer.alloc(32, 7)
const certificate = selfSignedCertificate()

/** What a real server answers, fed to the parser octet by octet. */
async function ask(
  t: TestContext,
  options: TlsOptions,
  version: number,
  servername: string | null,
): Promise<HelloAnswer> {
  const server = createServer({ ...certificate, ...options })
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  t.after(() => socket.destroy())
  socket.write(encodeClientHello({ version, random, servername }))
  let bytes = Buffer.alloc(0)
  let answer: HelloAnswer = { kind: 'incomplete' }
  for await (const chunk of socket) {
    for (const octet of chunk as Buffer) {
      bytes = Buffer.concat([bytes, Buffer.from([octet])])
      answer = parseHelloAnswer(bytes)
      if (answer.kind !== 'incomplete') return answer
    }
  }
  return answer
}

const old: TlsOptions = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }

test('OpenSSL refuses TLS 1.1 by an alert where 1.2 is the lowest', async t => {
  const answer = await ask(t, { minVersion: 'TLSv1.2' }, TLS_VERSION['1.1'], null)
  assert.deepEqual(answer, { kind: 'alert', description: 70 })
})

for (const name of ['1.0', '1.1'] as const) {
  test(`OpenSSL takes TLS ${name} where that is allowed`, async t => {
    const answer = await ask(t, old, TLS_VERSION[name], 'localhost')
    assert.deepEqual(answer, { kind: 'server-hello', version: TLS_VERSION[name] })
  })
}

test('the name is sent', async t => {
  const asked: string[] = []
  const SNICallback: TlsOptions['SNICallback'] = (name, done) => {
    asked.push(name)
    done(null)
  }
  await ask(t, { ...old, SNICallback }, TLS_VERSION['1.1'], 'some.test')
  assert.deepEqual(asked, ['some.test'])
})

test('what is no TLS is told from what is not all there', () => {
  const parse = (hex: string) => parseHelloAnswer(Buffer.from(hex, 'hex')).kind
  assert.equal(parse(''), 'incomplete')
  assert.equal(parse('1503'), 'incomplete')
  assert.equal(parse('150301000202'), 'incomplete')
  assert.equal(parse('16030300300200002c'), 'incomplete')
  assert.equal(parse(Buffer.from('HTTP/1.1').toString('hex')), 'not-tls')
  assert.equal(parse('170303'), 'not-tls')
  // A certificate (11) where the ServerHello must stand.
  assert.equal(parse('16030300300b00002c0303'), 'not-tls')
})

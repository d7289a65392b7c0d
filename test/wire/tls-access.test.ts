import assert from 'node:assert/strict'
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { createServer } from 'node:tls'
import { type CertificateOptions, selfSignedCertificate } from '../../src/endpoint/certificate.ts'
import { type Shown, tlsAccess } from '../../src/wire/tls-access.ts'

const DAY_MS = 24 * 3600 * 1000

async function listening(t: TestContext, server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return (server.address() as AddressInfo).port
}

const address = (port: number, tls = {}) => ({
  unixSocket: null,
  host: '127.0.0.1',
  port,
  localAddress: null,
  timeoutMs: 5000,
  tls: { servername: 'peer.test', ...tls },
})

/** A server with such a certificate, seen by a client that trusts it or not. */
async function shownBy(t: TestContext, options: CertificateOptions, trusted: boolean): Promise<Shown> {
  const certificate = selfSignedCertificate(options)
  const port = await listening(t, createServer(certificate))
  const access = tlsAccess(address(port, trusted ? { ca: certificate.cert } : {}))
  return access.shown(access.servername)
}

test('a certificate that is trusted is shown with its names and days', async t => {
  const notAfter = new Date(Date.now() + 30.5 * DAY_MS)
  const shown = await shownBy(t, { names: ['peer.test'], notAfter }, true)
  assert.deepEqual(shown, {
    kind: 'certificate',
    protocol: 'TLSv1.3',
    subject: 'peer.test',
    names: 'DNS:peer.test',
    daysLeft: 30,
    problem: null,
  })
})

const bad: [name: string, options: CertificateOptions, trusted: boolean, problem: string][] = [
  ['signed by itself', { names: ['peer.test'] }, false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['for another name', { names: ['other.test'] }, true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [
    'expired',
    {
      names: ['peer.test'],
      notBefore: new Date(Date.now() - 9 * DAY_MS),
      notAfter: new Date(Date.now() - 2.5 * DAY_MS),
    },
    true,
    'CERT_HAS_EXPIRED',
  ],
]
for (const [name, options, trusted, problem] of bad) {
  test(`a certificate that is ${name} is shown with what is wrong`, async t => {
    const shown = await shownBy(t, options, trusted)
    assert.equal(shown.kind === 'certificate' ? shown.problem : shown.reason, problem)
    if (name === 'expired') assert.equal(shown.kind === 'certificate' && shown.daysLeft, -3)
  })
}

test('no name is sent where none is asked for', async t => {
  const names: string[] = []
  const SNICallback = (name: string, done: (error: null) => void) => {
    names.push(name)
    done(null)
  }
  const server = createServer({ ...selfSignedCertificate({ names: ['peer.test'] }), SNICallback })
  const access = tlsAccess(address(await listening(t, server)))
  assert.equal((await access.shown(null)).kind, 'certificate')
  assert.deepEqual(names, [])
  assert.equal((await access.shown('peer.test')).kind, 'certificate')
  assert.deepEqual(names, ['peer.test'])
})

test('a server that does not speak TLS refuses', async t => {
  const port = await listening(
    t,
    net.createServer(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
  )
  const shown = await tlsAccess(address(port)).shown(null)
  assert.equal(shown.kind, 'refused')
})

test('a server that says nothing is not waited for', async t => {
  const held: net.Socket[] = []
  const port = await listening(
    t,
    net.createServer(socket => held.push(socket)),
  )
  t.after(() => held.forEach(socket => socket.destroy()))
  const shown = await tlsAccess({ ...address(port), timeoutMs: 100 }).shown(null)
  assert.deepEqual(shown, { kind: 'refused', reason: 'no answer within 100 ms' })
})

test('beside the port of https lies that of http', () => {
  const ports = (port: number) => tlsAccess(address(port)).cleartext.map(one => one.port)
  assert.deepEqual(ports(443), [443, 80])
  assert.deepEqual(ports(8443), [8443])
})

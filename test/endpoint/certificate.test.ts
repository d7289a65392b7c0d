import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { test } from 'node:test'
import { connect } from 'node:tls'
import { selfSignedCertificate } from '../../src/endpoint/certificate.ts'
import { openWebSocket, withEndpoint } from './with-endpoint.ts'

test('the certificate is for this machine, a year long, on a P-256 key, and signed by itself', () => {
  const certificate = new X509Certificate(selfSignedCertificate().cert)
  assert.equal(certificate.subjectAltName, 'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
  assert.equal(certificate.publicKey.asymmetricKeyDetails?.namedCurve, 'prime256v1')
  assert.equal(certificate.verify(certificate.publicKey), true)
  assert.equal(certificate.checkIssued(certificate), true)
  const days = (Date.parse(certificate.validTo) - Date.now()) / 86_400_000
  assert.ok(days > 364 && days <= 365)
})

test('names and dates can be chosen, also beyond 2050 and in the past', () => {
  const names = ['example.test', 'fe80::1:2']
  for (const [from, to] of [
    ['2001-02-03T04:05:06Z', '2002-01-01T00:00:00Z'],
    ['2040-01-01T00:00:00Z', '2060-12-31T23:59:59Z'],
  ] as const) {
    const options = { names, notBefore: new Date(from), notAfter: new Date(to) }
    const certificate = new X509Certificate(selfSignedCertificate(options).cert)
    assert.equal(Date.parse(certificate.validFrom), Date.parse(from))
    assert.equal(Date.parse(certificate.validTo), Date.parse(to))
    assert.equal(certificate.subject, 'CN=example.test')
    assert.equal(certificate.subjectAltName, 'DNS:example.test, IP Address:FE80:0:0:0:0:0:1:2')
  }
})

test('a client that trusts the certificate connects by name and address, over TLS 1.2 and 1.3', async t => {
  const tls = selfSignedCertificate()
  const endpoint = await withEndpoint(t, { tls })
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const options = { ca: tls.cert, minVersion: version, maxVersion: version }
    const { socket, next } = await openWebSocket(t, endpoint.url('/echo', 'ws'), [], options)
    socket.send('hello')
    assert.equal((await next()).data.toString(), 'hello')
  }
})

test('an expired certificate and an old TLS are refused by the client and the endpoint', async t => {
  const tls = selfSignedCertificate({ notBefore: new Date('2001-01-01'), notAfter: new Date('2002-01-01') })
  const endpoint = await withEndpoint(t, { tls })
  const expired = connect({ port: endpoint.port, host: '127.0.0.1', ca: tls.cert })
  const [error] = (await once(expired, 'error')) as [NodeJS.ErrnoException]
  assert.equal(error.code, 'CERT_HAS_EXPIRED')
  const old = connect({
    port: endpoint.port,
    host: '127.0.0.1',
    ca: tls.cert,
    maxVersion: 'TLSv1.1',
    minVersion: 'TLSv1',
  })
  await once(old, 'error')
})

test('self-signed makes a certificate of its own', async t => {
  const endpoint = await withEndpoint(t, { tls: 'self-signed' })
  assert.match(endpoint.url('/ws', 'ws'), /^wss:\/\/127\.0\.0\.1:\d+\/ws$/)
  const { socket } = await openWebSocket(t, endpoint.url('/ws', 'ws'), [], { rejectUnauthorized: false })
  assert.equal(socket.readyState, socket.OPEN)
})

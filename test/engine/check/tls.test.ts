import assert from 'node:assert/strict'
import { test } from 'node:test'
import { selfSignedCertificate } from '../../../src/endpoint/certificate.ts'
import { spawnEndpoint } from '../../../src/endpoint/spawn.ts'
import { check } from './with-check.ts'

const TLS_CHECKS = ['ws.security.cleartext', 'ws.security.tls-certificate', 'ws.security.tls-version']

test('the ways of TLS are checked where the URL is wss', async t => {
  const tls = selfSignedCertificate()
  const endpoint = await spawnEndpoint({ tls })
  t.after(() => endpoint.stop())
  const url = endpoint.url('/echo', 'ws')
  assert.match(url, /^wss:/)
  const verdicts = async (words: Record<string, unknown>) => {
    const { checks } = await check(url, { only: TLS_CHECKS, ...words }, () => tls.cert)
    return Object.fromEntries(checks.map(({ id, verdict, observed }) => [id, `${verdict}: ${observed}`]))
  }
  const insecure = await verdicts({ insecure: true })
  assert.match(insecure['ws.security.tls-certificate']!, /^warn: TLSv1.3, CN localhost.* DEPTH_ZERO_SELF_SIGNED_CERT/)
  assert.match(insecure['ws.security.tls-version']!, /^pass/)
  assert.match(insecure['ws.security.cleartext']!, /^pass/)
  const trusted = await verdicts({ cacert: 'authority.pem' })
  assert.match(trusted['ws.security.tls-certificate']!, /^pass: .* days left$/)
})

test('a certificate that nobody vouches for cannot be reached without a word, and the report says which words there are', async t => {
  const endpoint = await spawnEndpoint({ tls: selfSignedCertificate() })
  t.after(() => endpoint.stop())
  const { verdict, failures } = await check(endpoint.url('/echo', 'ws'), { only: TLS_CHECKS })
  assert.equal(verdict, 'unreachable')
  const where = `127.0.0.1:${endpoint.port}`
  const text = `the certificate of ${where} is self-signed (--cacert trusts it, --insecure accepts it)`
  assert.deepEqual(failures, [{ class: 'tls-untrusted', count: 1, examples: [text] }])
})

test('where it is not, they say why they are skipped', async () => {
  const { checks } = await check(null, { transport: 'ws', only: TLS_CHECKS })
  for (const { id, verdict, reason } of checks) {
    assert.equal(verdict, 'skip', id)
    assert.equal(reason, 'needs tls: the URL is not wss:// or https://')
  }
})

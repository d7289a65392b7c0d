import assert from 'node:assert/strict'
import test from 'node:test'
import { failureOf } from '../../src/wire/failure.ts'

const WHERE = 'example.test:443'
const cases: [code: string, kind: string, names: RegExp][] = [
  ['ECONNREFUSED', 'refused', /nothing listens on example\.test:443/],
  ['ENOENT', 'refused', /no socket at example\.test:443/],
  ['ENOTFOUND', 'dns', /does not resolve/],
  ['EAI_AGAIN', 'dns', /name server did not answer/],
  ['EHOSTUNREACH', 'unreachable', /no route to example\.test:443/],
  ['ENETUNREACH', 'unreachable', /no route to the network/],
  ['ETIMEDOUT', 'timeout', /did not answer the TCP connect/],
  ['ECONNRESET', 'reset', /reset the connection/],
  ['EPIPE', 'reset', /closed the connection while it was written to/],
  ['EMFILE', 'too-many-files', /ulimit -n/],
  ['ENFILE', 'too-many-files', /fs\.file-max/],
  ['EADDRNOTAVAIL', 'ports-used-up', /--local-address/],
  ['EADDRINUSE', 'ports-used-up', /--local-address/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-name', /for another name/],
  ['CERT_HAS_EXPIRED', 'tls-expired', /has expired/],
  ['CERT_NOT_YET_VALID', 'tls-expired', /not valid yet/],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-untrusted', /self-signed \(--cacert/],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-untrusted', /unknown authority \(--cacert/],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-untrusted', /incomplete or from an unknown authority/],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-untrusted', /unknown authority/],
  ['EPROTO', 'tls-protocol', /does the port speak TLS/],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-protocol', /is not TLS/],
]

const error = (code: string, message = 'what the system said') => Object.assign(new Error(message), { code })

for (const [code, kind, names] of cases) {
  test(`${code} is of class ${kind}, in one sentence that names the place or the remedy`, () => {
    const failure = failureOf(error(code), WHERE)
    assert.equal(failure.kind, kind)
    assert.match(failure.text, names)
    assert.doesNotMatch(failure.text, /\{where\}|\n|what the system said/)
  })
}

test("another error of TLS carries OpenSSL's reason, without its addresses", () => {
  const alert = Object.assign(error('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', '80AC:error:0A00042E:SSL\n'), {
    reason: 'tlsv1 alert protocol version',
  })
  assert.deepEqual(failureOf(alert, WHERE), {
    kind: 'tls-protocol',
    text: 'the TLS handshake with example.test:443 failed: tlsv1 alert protocol version',
  })
})

test('an error that nobody foresaw keeps its words', () => {
  assert.deepEqual(failureOf(error('EWEIRD', 'odd'), WHERE), { kind: 'other', text: `${WHERE}: EWEIRD odd` })
  assert.deepEqual(failureOf(new Error('plain'), WHERE), { kind: 'other', text: `${WHERE}: plain` })
})

// Why a connection could not be made or did not last: one class each, counted in the result, and a sentence a person
// can act on.

export type FailureKind =
  | 'refused'
  | 'dns'
  | 'unreachable'
  | 'timeout'
  | 'reset'
  | 'closed'
  | 'tls-name'
  | 'tls-expired'
  | 'tls-untrusted'
  | 'tls-protocol'
  | 'too-many-files'
  | 'ports-used-up'
  | 'http-status'
  | 'http-malformed'
  | 'redirect'
  | 'content-type'
  | 'handshake'
  | 'protocol'
  | 'publish'
  | 'other'

export interface Failure {
  kind: FailureKind
  text: string
}

const SENTENCES: Record<string, [FailureKind, string]> = {
  ECONNREFUSED: ['refused', 'connection refused: nothing listens on {where}'],
  ENOENT: ['refused', 'there is no socket at {where}'],
  ENOTFOUND: ['dns', 'the name of {where} does not resolve'],
  EAI_AGAIN: ['dns', 'the name server did not answer for {where}'],
  EHOSTUNREACH: ['unreachable', 'no route to {where}'],
  ENETUNREACH: ['unreachable', 'no route to the network of {where}'],
  ETIMEDOUT: ['timeout', '{where} did not answer the TCP connect'],
  ECONNRESET: ['reset', '{where} reset the connection'],
  EPIPE: ['reset', '{where} closed the connection while it was written to'],
  EMFILE: ['too-many-files', 'this process has no file descriptors left: raise `ulimit -n` or use more --workers'],
  ENFILE: ['too-many-files', 'this machine has no file descriptors left (fs.file-max)'],
  EADDRNOTAVAIL: [
    'ports-used-up',
    'no local port is left towards {where}: widen net.ipv4.ip_local_port_range or give more source addresses with --local-address',
  ],
  EADDRINUSE: ['ports-used-up', 'the local address is in use: give more source addresses with --local-address'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'tls-name',
    'the certificate of {where} is for another name (--servername names the expected one, --insecure accepts it)',
  ],
  CERT_HAS_EXPIRED: ['tls-expired', 'the certificate of {where} has expired (--insecure accepts it)'],
  CERT_NOT_YET_VALID: ['tls-expired', 'the certificate of {where} is not valid yet (--insecure accepts it)'],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'tls-untrusted',
    'the certificate of {where} is self-signed (--cacert trusts it, --insecure accepts it)',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'tls-untrusted',
    'the certificate chain of {where} ends in an unknown authority (--cacert trusts it, --insecure accepts it)',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'tls-untrusted',
    'the certificate chain of {where} is incomplete or from an unknown authority (--cacert trusts it, --insecure accepts it)',
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'tls-untrusted',
    'the certificate of {where} is from an unknown authority (--cacert trusts it, --insecure accepts it)',
  ],
  EPROTO: ['tls-protocol', 'the TLS handshake with {where} failed: does the port speak TLS?'],
  ERR_SSL_WRONG_VERSION_NUMBER: ['tls-protocol', 'what {where} answered is not TLS: does the port speak it?'],
}

/** The class and sentence of an error from the socket, TLS or resolver. `where` is `host:port`. */
export function failureOf(error: Error & { code?: string; reason?: string }, where: string): Failure {
  const code = error.code ?? ''
  const known = SENTENCES[code]
  if (known !== undefined) return { kind: known[0], text: known[1].replaceAll('{where}', where) }
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) {
    // OpenSSL's own message holds addresses of this process and its source lines.
    return { kind: 'tls-protocol', text: `the TLS handshake with ${where} failed: ${error.reason ?? error.message}` }
  }
  return { kind: 'other', text: `${where}: ${code === '' ? error.message : `${code} ${error.message}`}` }
}

import { selfSignedCertificate } from '../../../../src/endpoint/certificate.ts'

const { cert, key } = selfSignedCertificate({ names: ['127.0.0.1', 'localhost'] })

/** What a front with TLS shows, and what a client then trusts. */
export const CERTIFICATE = cert

/** For the folder of a proxy. */
export const TLS_FILES = { 'cert.pem': cert, 'key.pem': key, 'both.pem': cert + key }

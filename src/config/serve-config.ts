import { UsageError } from './errors.ts'
import type { ValuesOf } from './option.ts'
import type { serve } from './options/serve.ts'
import type { ReadText } from './target.ts'

export type ServeTls = 'self-signed' | { cert: string; key: string } | undefined

/** The certificate to serve with: a given one, one made at the start, or none. */
export function resolveServeTls(values: ValuesOf<typeof serve>, readText: ReadText): ServeTls {
  const { cert, key, tls } = values
  if (cert === undefined && key === undefined) return tls ? 'self-signed' : undefined
  if (tls) throw new UsageError('--tls makes a certificate, --cert brings one: leave one out', 'tls')
  if (cert === undefined) throw new UsageError('--key needs its certificate: add --cert FILE', 'key')
  const certificate = readText(cert, '--cert')
  if (key !== undefined) return { cert: certificate, key: readText(key, '--key') }
  if (!certificate.includes('PRIVATE KEY-----'))
    throw new UsageError('--cert needs its private key: add --key FILE', 'cert')
  return { cert: certificate, key: certificate }
}

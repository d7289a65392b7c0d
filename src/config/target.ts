// Whom to talk to and how: the values of the target and TLS options → TargetConfig.
import { UsageError } from './errors.ts'
import type { ValuesOf } from './option.ts'
import type { target } from './options/target.ts'
import type { tls } from './options/tls.ts'
import type { HeaderLine, TargetConfig, TlsConfig, TransportChoice } from './run-config.ts'
import { quote } from './units.ts'
import { parseTargetUrl } from './url.ts'

/** Reads a text file that an option names; throws a UsageError that names the flag. */
export type ReadText = (path: string, flag: string) => string

export type TargetValues = ValuesOf<typeof target> & ValuesOf<typeof tls>

/** `url` null or undefined: the embedded endpoint. `otherUrl` may use the TLS options too. */
export function resolveTarget(
  url: string | null | undefined,
  values: TargetValues,
  readText: ReadText,
  otherUrl: string | null = null,
): TargetConfig {
  const written = url === null || url === undefined ? null : new URL(parseTargetUrl(url, 'url'))
  refuseWithoutUrl(written, values)
  refuseContradictions(values)
  refuseTlsOnPlain([written?.href ?? null, otherUrl], values)
  const transport = chooseTransport(written, values.transport)
  return {
    url: written === null ? null : targetHref(written, transport),
    transport,
    headers: headerLines(written, values),
    subprotocols: values.subprotocol,
    tls: tlsConfig(values, readText),
    connectTo: values.connectTo ?? null,
    unixSocket: values.unixSocket ?? null,
    localAddresses: [...new Set(values.localAddress.flat())],
    timeoutMs: values.timeout ?? 10_000,
  }
}

function chooseTransport(url: URL | null, asked: TransportChoice = 'auto'): TransportChoice {
  const isWebSocket = url === null ? asked === 'auto' : url.protocol.startsWith('ws')
  if (!isWebSocket) return asked
  if (url !== null && (asked === 'sse' || asked === 'poll'))
    throw new UsageError(`--transport ${asked} needs an http:// or https:// URL, not ${quote(url.href)}`, 'transport')
  return 'ws'
}

// Asked for WebSocket on an http: URL: the same address in the other scheme. Userinfo travels as a header.
function targetHref(url: URL, transport: TransportChoice): string {
  const scheme = transport === 'ws' ? url.protocol.replace('http', 'ws') : url.protocol
  return `${scheme}//${url.host}${url.pathname}${url.search}`
}

function headerLines(url: URL | null, values: TargetValues): HeaderLine[] {
  const lines = [...values.header]
  const has = (name: string) => lines.some(([other]) => other.toLowerCase() === name)
  const inUrl = url !== null && (url.username !== '' || url.password !== '')
  if (values.user !== undefined && has('authorization'))
    throw new UsageError("--user and --header 'Authorization: …' say the same twice: leave one out", 'user')
  if (inUrl && (values.user !== undefined || has('authorization')))
    throw new UsageError('the URL names a user, and so does --user or --header: leave one out', 'user')
  if (values.cookie.length > 0 && has('cookie'))
    throw new UsageError("--cookie and --header 'Cookie: …' say the same twice: leave one out", 'cookie')
  if (values.cookie.length > 0) lines.push(['Cookie', values.cookie.join('; ')])
  if (values.user !== undefined) lines.push(['Authorization', values.user])
  if (inUrl) {
    const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
    lines.push(['Authorization', `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`])
  }
  return lines
}

function tlsConfig(values: TargetValues, readText: ReadText): TlsConfig {
  const read = (path: string | undefined, flag: string) => (path === undefined ? null : readText(path, flag))
  const cert = read(values.cert, '--cert')
  // One PEM file may hold both.
  const key = read(values.key, '--key') ?? (cert?.includes('PRIVATE KEY-----') ? cert : null)
  if (cert !== null && key === null) throw new UsageError('--cert needs its private key: add --key FILE', 'cert')
  if (cert === null && key !== null) throw new UsageError('--key needs its certificate: add --cert FILE', 'key')
  return {
    insecure: values.insecure,
    cacert: read(values.cacert, '--cacert'),
    cert,
    key,
    servername: values.servername ?? null,
    minVersion: values.tlsMin === undefined ? null : values.tlsMin === '1.3' ? 'TLSv1.3' : 'TLSv1.2',
  }
}

const tlsFlags = (values: TargetValues) =>
  [
    [values.insecure, 'insecure'],
    [values.cacert, 'cacert'],
    [values.cert, 'cert'],
    [values.key, 'key'],
    [values.servername, 'servername'],
    [values.tlsMin, 'tls-min'],
  ].flatMap(([given, name]) => (given === undefined || given === false ? [] : [name as string]))

function refuseWithoutUrl(url: URL | null, values: TargetValues): void {
  if (url !== null) return
  const names = tlsFlags(values)
  if (values.connectTo !== undefined) names.push('connect-to')
  if (values.unixSocket !== undefined) names.push('unix-socket')
  if (names[0] !== undefined)
    throw new UsageError(
      `--${names[0]} has no meaning without a URL: the embedded endpoint is plain and local`,
      names[0],
    )
}

function refuseTlsOnPlain(urls: (string | null)[], values: TargetValues): void {
  const name = tlsFlags(values)[0]
  if (name === undefined || urls.some(url => url !== null && /^(wss|https):/.test(url))) return
  throw new UsageError(`--${name} has no meaning for ${quote(urls[0] ?? '')}: it is not a wss:// or https:// URL`, name)
}

function refuseContradictions(values: TargetValues): void {
  const clash = (a: string, b: string, why: string) => new UsageError(`--${a} and --${b} exclude each other: ${why}`, a)
  if (values.unixSocket !== undefined && values.connectTo !== undefined)
    throw clash('unix-socket', 'connect-to', 'both say where to connect')
  if (values.unixSocket !== undefined && values.localAddress.length > 0)
    throw clash('local-address', 'unix-socket', 'a Unix socket has no source address')
  if (values.insecure && values.cacert !== undefined)
    throw clash('insecure', 'cacert', 'the first accepts any certificate')
}

import type { HeaderLine, TargetConfig } from '../../../config/run-config.ts'
import { describeTarget } from '../../../wire/dial.ts'
import { failureOf } from '../../../wire/failure.ts'
import { type DialledHttp2, dialHttp2 } from '../../../wire/http2-session.ts'
import { type DialSocket, dialSocket } from '../../../wire/socket-pipe.ts'
import { routeOf } from '../../../wire/route.ts'

/** Where the probes of a run go. */
export interface ProbeTarget {
  url: string
  dial: DialSocket
  /** A connection for HTTP/2; only over TLS, as browsers do. */
  dialHttp2(): Promise<DialledHttp2>
  /** `http://host` or `https://host`, what a page from there would send as Origin. */
  webOrigin: string
  host: string
  /** Path and query of the URL. */
  path: string
  /** The user's own, in every request. */
  headers: HeaderLine[]
  subprotocols: string[]
  timeoutMs: number
  /** The name in the query that the origin knows a probe by. */
  pathFor(name: string): string
  /** Ends every connection that is still open. */
  close(): void
}

/** Null: not an address that can be spoken to. */
export function probeTarget(config: TargetConfig, url: string): ProbeTarget | null {
  const route = routeOf(config, url)
  if (route === null) return null
  const { host, port, unixSocket, tls } = route.dial
  const authorization: HeaderLine[] = route.authorization === null ? [] : [['Authorization', route.authorization]]
  const path = route.requestTarget
  const open: { destroy(): void }[] = []
  const address = {
    unixSocket,
    host,
    port,
    localAddress: config.localAddresses[0] ?? null,
    tls: tls?.options ?? null,
    timeoutMs: config.timeoutMs,
  }
  const dial = dialSocket(address)
  const sentence = ({ code, reason }: { code: string; reason: string }) =>
    failureOf(Object.assign(new Error(reason), { code }), describeTarget(route.dial)).text
  return {
    url,
    async dial() {
      const dialled = await dial()
      if (!dialled.ok) return { ...dialled, reason: sentence(dialled) }
      open.push(dialled.pipe)
      return dialled
    },
    async dialHttp2() {
      if (tls === null) return { ok: false, reason: 'HTTP/2 is asked for over TLS only, as browsers do' }
      const dialled = await dialHttp2(address, tls.options)
      if (dialled.ok) open.push(dialled.session)
      return dialled
    },
    webOrigin: `${tls === null ? 'http' : 'https'}://${route.host}`,
    host: route.host,
    path,
    headers: [...config.headers, ...authorization],
    subprotocols: config.subprotocols,
    timeoutMs: config.timeoutMs,
    pathFor: name => `${path}${path.includes('?') ? '&' : '?'}rtbench=${name}`,
    close() {
      for (const connection of open) connection.destroy()
    },
  }
}

/** Our headers, except where the user gave one of the same name. */
export function withOwnHeaders(target: ProbeTarget, own: readonly HeaderLine[]): HeaderLine[] {
  const given = new Set(target.headers.map(([name]) => name.toLowerCase()))
  return [['Host', target.host] as HeaderLine, ...own]
    .filter(([name]) => !given.has(name.toLowerCase()))
    .concat(target.headers)
}

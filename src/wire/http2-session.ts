import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2'
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls'
import type { SocketAddress } from './socket-pipe.ts'

export type DialledHttp2 = { ok: true; session: ClientHttp2Session } | { ok: false; reason: string }

/** Opens a TLS connection that ALPN settles on HTTP/2 (RFC 9113 §3.3), and the session on it. */
export function dialHttp2(address: SocketAddress, tls: ConnectionOptions): Promise<DialledHttp2> {
  const { unixSocket, host, port, localAddress, timeoutMs } = address
  const place =
    unixSocket === null ? { host, port, ...(localAddress !== null && { localAddress }) } : { path: unixSocket }
  return new Promise(resolve => {
    const socket: TLSSocket = connectTls({ ...place, ...tls, ALPNProtocols: ['h2'] })
    const timer = setTimeout(() => fail(`no connection within ${timeoutMs} ms`), timeoutMs)
    const onError = (error: Error) => fail(error.message)
    function fail(reason: string): void {
      clearTimeout(timer)
      socket.on('error', () => {})
      socket.destroy()
      resolve({ ok: false, reason })
    }
    socket.once('error', onError)
    socket.once('secureConnect', () => {
      if (socket.alpnProtocol !== 'h2') {
        fail('the other side offers no HTTP/2')
        return
      }
      clearTimeout(timer)
      socket.off('error', onError)
      socket.setNoDelay(true)
      const session = connectHttp2(`https://${host}`, { createConnection: () => socket })
      session.on('error', () => {})
      resolve({ ok: true, session })
    })
  })
}

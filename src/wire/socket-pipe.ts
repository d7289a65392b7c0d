import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, type ConnectionOptions } from 'node:tls'
import type { BytePipe, PipeListener } from './byte-pipe.ts'

/** Where to connect, name resolution and all. */
export interface SocketAddress {
  /** A path instead of host and port. */
  unixSocket: string | null
  host: string
  port: number
  localAddress: string | null
  /** Null: plain TCP. */
  tls: ConnectionOptions | null
  timeoutMs: number
}

/** A pipe whose two ends have ports; 0 on a unix socket. */
export interface SocketPipe extends BytePipe {
  readonly localPort: number
  readonly remotePort: number
}

/** Opens a connection; assignable to Dial. */
export type DialSocket = () => Promise<{ ok: true; pipe: SocketPipe } | { ok: false; code: string; reason: string }>

/** Opens a connection and, where asked, the TLS session on it. */
export function dialSocket(address: SocketAddress): DialSocket {
  return () =>
    new Promise(resolve => {
      const { unixSocket, host, port, localAddress, tls } = address
      const local = localAddress === null ? {} : { localAddress }
      // allowHalfOpen is documented for TLS too, but missing in the types.
      const open = { allowHalfOpen: true, ...(unixSocket === null ? { host, port, ...local } : { path: unixSocket }) }
      const socket = tls === null ? connectTcp({ ...open, noDelay: true }) : connectTls({ ...open, ...tls })
      const timer = setTimeout(
        () => fail('ETIMEDOUT', `no connection within ${address.timeoutMs} ms`),
        address.timeoutMs,
      )
      const onError = (error: NodeJS.ErrnoException) => fail(error.code ?? 'EUNKNOWN', error.message)
      const onClose = () => fail('ECONNRESET', 'closed before it was open')
      function fail(code: string, reason: string): void {
        settle()
        socket.on('error', () => {})
        socket.destroy()
        resolve({ ok: false, code, reason })
      }
      function settle(): void {
        clearTimeout(timer)
        socket.off('error', onError)
        socket.off('close', onClose)
      }
      socket.once('error', onError)
      socket.once('close', onClose)
      socket.once(tls === null ? 'connect' : 'secureConnect', () => {
        settle()
        if (tls !== null) socket.setNoDelay(true)
        resolve({ ok: true, pipe: socketPipe(socket) })
      })
    })
}

/** A connected socket as a pipe. */
export function socketPipe(socket: Socket): SocketPipe {
  let listener: PipeListener | null = null
  let over = false
  const finish = (kind: 'fin' | 'reset', code = 'ECONNRESET') => {
    if (over) return
    over = true
    listener?.over(kind === 'fin' ? { kind } : { kind, code })
  }
  socket.on('error', (error: NodeJS.ErrnoException) => finish('reset', error.code))
  const { localPort = 0, remotePort = 0 } = socket
  return {
    localPort,
    remotePort,
    write(bytes) {
      if (socket.writable) socket.write(bytes)
    },
    drained: () =>
      socket.writableNeedDrain && !socket.destroyed
        ? new Promise(resolve => {
            const done = () => {
              socket.off('drain', done)
              socket.off('close', done)
              resolve()
            }
            socket.on('drain', done)
            socket.on('close', done)
          })
        : Promise.resolve(),
    end: () => socket.end(),
    reset() {
      if ('encrypted' in socket) socket.destroy()
      else socket.resetAndDestroy()
    },
    destroy: () => socket.destroy(),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    listen(to) {
      listener = to
      socket.on('data', (bytes: Buffer) => to.bytes(bytes))
      socket.on('end', () => finish('fin'))
      socket.on('close', () => finish('reset'))
    },
  }
}

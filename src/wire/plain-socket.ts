import { connect, type Socket, type TcpSocketConnectOpts } from 'node:net'

export interface PlainAddress {
  host: string
  port: number
  /** The source address; undefined: the kernel chooses. */
  localAddress?: string | undefined
  onread?: TcpSocketConnectOpts['onread']
}

/**
 * A TCP connection without Nagle's delay. The last four options are what Node sets by itself where they are missing: on
 * Node 20 that makes a hidden class for each socket, which no compiled code knows, and half the cost of a new one.
 */
export function connectPlain({ host, port, localAddress, onread }: PlainAddress): Socket {
  const options = {
    host,
    port,
    localAddress,
    onread,
    noDelay: true,
    allowHalfOpen: false,
    emitClose: false,
    autoDestroy: true,
    decodeStrings: false,
  }
  return connect(options as TcpSocketConnectOpts)
}

import { connect, createServer, type Socket } from 'node:net'
import type { Counted } from './every-way.ts'

export interface CountingRelay {
  port: number
  /** What passed since the last call. */
  take(): Counted
  stop(): Promise<void>
}

/** Passes everything on and counts it. */
export async function countingRelay(to: number): Promise<CountingRelay> {
  const sockets = new Set<Socket>()
  let toServer = 0
  let pieces: number[] = []
  const server = createServer({ allowHalfOpen: true, noDelay: true }, socket => {
    const other = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    socket.on('data', bytes => {
      toServer += bytes.length
      other.write(bytes)
    })
    other.on('data', bytes => {
      pieces.push(bytes.length)
      socket.write(bytes)
    })
    for (const [end, opposite] of [
      [socket, other],
      [other, socket],
    ] as const) {
      sockets.add(end)
      end.on('end', () => opposite.end())
      end.on('error', () => opposite.destroy())
      end.on('close', () => sockets.delete(end))
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    take() {
      const counts = { toServer, toClient: pieces.reduce((sum, bytes) => sum + bytes, 0), pieces }
      toServer = 0
      pieces = []
      return counts
    },
    stop: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

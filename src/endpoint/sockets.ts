import type { Server, Socket } from 'node:net'

/** All TCP connections of the listener, for the statistics and for the end. */
export interface Sockets {
  readonly open: number
  readonly accepted: number
  bytes(): { received: number; sent: number }
  /** Those over which nothing came yet: connections opened in advance. */
  destroyUnused(): void
  destroyAll(): void
}

export function trackSockets(server: Server): Sockets {
  const sockets = new Set<Socket>()
  const closed = { received: 0, sent: 0 }
  let accepted = 0
  server.on('connection', (socket: Socket) => {
    accepted += 1
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      closed.received += socket.bytesRead
      closed.sent += socket.bytesWritten
    })
  })
  return {
    get open() {
      return sockets.size
    },
    get accepted() {
      return accepted
    },
    bytes() {
      const bytes = { ...closed }
      for (const socket of sockets) {
        bytes.received += socket.bytesRead
        bytes.sent += socket.bytesWritten
      }
      return bytes
    },
    destroyUnused() {
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
    },
    destroyAll() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

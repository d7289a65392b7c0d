import { connect, createServer, type Socket } from 'node:net'

/** Passes everything on until a connection was silent for `silenceMs`; from then on it swallows what comes. */
export async function forgetfulRelay(to: number, silenceMs: number): Promise<{ port: number; stop(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    const other = connect({ port: to, host: '127.0.0.1' })
    let lastMs = performance.now()
    let isForgotten = false
    for (const [from, into] of [
      [socket, other],
      [other, socket],
    ] as const) {
      sockets.add(from)
      from.on('data', bytes => {
        if (performance.now() - lastMs > silenceMs) isForgotten = true
        lastMs = performance.now()
        if (!isForgotten) into.write(bytes)
      })
      from.on('error', () => into.destroy())
      from.on('close', () => {
        sockets.delete(from)
        into.destroy()
      })
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    stop: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

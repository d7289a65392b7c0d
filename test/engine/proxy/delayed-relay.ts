import { connect, createServer, type Socket } from 'node:net'
import type { Random } from '../../../src/world/random.ts'

/** A direct path of `delayMs` (there, back) plus or minus `jitterMs`, in order, as TCP would deliver it. */
export async function delayedRelay(
  to: number,
  delayMs: number | [there: number, back: number],
  jitterMs: number,
  random: Random,
): Promise<{ port: number; stop(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const [thereMs, backMs] = typeof delayMs === 'number' ? [delayMs, delayMs] : delayMs
  const pipe = (from: Socket, into: Socket, wayMs: number) => {
    let free = 0
    const later = (run: () => void) => {
      const due = Math.max(free, performance.now() + wayMs + (random() * 2 - 1) * jitterMs)
      free = due
      setTimeout(run, due - performance.now())
    }
    from.on('data', bytes => later(() => into.write(bytes)))
    from.on('end', () => later(() => into.end()))
    from.on('error', () => into.destroy())
    from.on('close', () => sockets.delete(from))
    sockets.add(from)
  }
  const server = createServer({ allowHalfOpen: true, noDelay: true }, socket => {
    const other = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    pipe(socket, other, thereMs)
    pipe(other, socket, backMs)
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

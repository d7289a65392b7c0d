import { once } from 'node:events'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { createServer as createHttpServer } from 'node:http'
import type { TestContext } from 'node:test'
import type { ScriptedServer } from '../../../src/checks/peers/scripted-server.ts'
import { createPeer } from '../../../src/wire/peer.ts'
import { socketPipe } from '../../../src/wire/socket-pipe.ts'
import { createWireLog } from '../../../src/wire/wire-log.ts'
import { realClock } from '../../../src/world/timer.ts'

/** Puts a scripted server on a port, and its publishing on another: what was posted there has been emitted. */
export async function serveScripted(
  t: TestContext,
  scripted: ScriptedServer,
): Promise<{ host: string; publish: string }> {
  const running = scripted()
  const sockets = new Set<Socket>()
  const server = createTcpServer({ allowHalfOpen: true, noDelay: true }, socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    const peer = createPeer(socketPipe(socket), realClock, createWireLog(realClock).connection())
    // A scripted server that is hung up on may throw: that ends this connection.
    running.accept(peer).catch(() => socket.destroy())
  })
  const publisher = createHttpServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += String(piece)
    running.publish?.(body)
    response.end()
  })
  for (const one of [server, publisher]) await once(one.listen(0, '127.0.0.1'), 'listening')
  t.after(() => {
    server.close()
    publisher.close()
    publisher.closeAllConnections()
    for (const socket of sockets) socket.destroy()
  })
  const port = (of: { address(): unknown }) => (of.address() as AddressInfo).port
  return { host: `127.0.0.1:${port(server)}`, publish: `http://127.0.0.1:${port(publisher)}/` }
}

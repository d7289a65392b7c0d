import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { beforeClose } from './with-endpoint.ts'

/** A TCP relay in front of a port whose connections a test can cut. */
export async function relay(t: TestContext, port: number) {
  const sockets = new Set<Socket>()
  const server = createServer(client => {
    const origin = connect(port, '127.0.0.1')
    for (const socket of [client, origin]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        sockets.delete(socket)
        client.destroy()
        origin.destroy()
      })
    }
    client.pipe(origin).pipe(client)
  })
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  beforeClose(t, () => {
    server.close()
    cut()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return { port: (server.address() as AddressInfo).port, cut }
}

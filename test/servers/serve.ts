// What every server for tests does in its own process: tell its port, answer questions, end with its parent.
import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'

/** Listens on a free port; `facts` is what a test may ask for at any time. */
export async function serve(server: Server, facts: () => unknown = () => null): Promise<void> {
  process.on('disconnect', () => process.exit())
  process.on('SIGINT', () => {})
  process.on('message', () => process.send?.({ facts: facts() }))
  if (!server.listening)
    server.listen({ port: 0, host: process.env['RTBENCH_TEST_HOST'] ?? '127.0.0.1', backlog: 4096 })
  if (server.address() === null) await once(server, 'listening')
  process.send?.({ port: (server.address() as AddressInfo).port })
}

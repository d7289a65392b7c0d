import { randomInt } from 'node:crypto'
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'

/** The port of a gate. While it is shut the kernel refuses whoever comes, at no cost to this process. */
export interface Door {
  readonly port: number
  open(): Promise<void>
  shut(): void
}

// A limit of the kernel applies besides (net.core.somaxconn).
const LISTEN_BACKLOG = 4096
// Below the range that systems take the ports of outgoing connections from (Linux: from 32768): a client that connects
// to a shut port might be given that very port, and reach itself. Not by the seed of the run: two runs side by side would
// take each other's port while it is shut.
const LOWEST_PORT = 20_000
const PORTS = 12_000
const TRIES = 50

/** `accept` gets sockets paused: who is turned away is never read. */
export async function openDoor(host: string, accept: (client: Socket) => void): Promise<Door> {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, accept)
  let isOpen = false

  function listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen({ port, host, backlog: LISTEN_BACKLOG }, () => {
        server.off('error', reject)
        isOpen = true
        resolve()
      })
    })
  }

  async function findPort(): Promise<number> {
    for (let tries = 0; tries < TRIES; tries += 1)
      try {
        const port = LOWEST_PORT + randomInt(PORTS)
        await listen(port)
        return port
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
      }
    await listen(0)
    return (server.address() as AddressInfo).port
  }

  const port = await findPort()
  return {
    port,
    async open() {
      if (!isOpen) await listen(port)
    },
    shut() {
      if (isOpen) server.close()
      isOpen = false
    },
  }
}

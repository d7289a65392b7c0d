import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { endProcess } from './c-programs.ts'
import { pin } from './pin.ts'

/** Runs `work` against a wss echo server in a process of its own. */
export async function withTlsTarget<T>(work: (port: number) => Promise<T>): Promise<T> {
  const file = path.join(import.meta.dirname, 'peers/tls-echo-server.js')
  const server = fork(file, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  try {
    const [port] = (await once(server, 'message')) as [number]
    pin(server.pid!, 'target')
    return await work(port)
  } finally {
    await endProcess(server)
  }
}

// A client made of somebody else's library, in a process of its own: one of peers/.
import { fork } from 'node:child_process'
import path from 'node:path'
import { endProcess } from './c-programs.ts'
import type { Generator } from './generator.ts'

export type ToPeer = { type: 'open' }
export type FromPeer = { type: 'ready' } | { type: 'opened' } | { type: 'units'; units: number }

/** `options` go to the peer as JSON. */
export async function peerClient(name: string, options: object): Promise<Generator> {
  const file = path.join(import.meta.dirname, `peers/${name}.js`)
  const child = fork(file, [JSON.stringify(options)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const told = (type: FromPeer['type']) =>
    new Promise<void>((resolve, reject) => {
      child.on('message', (message: FromPeer) => {
        if (message.type === type) resolve()
      })
      child.once('exit', () => reject(new Error(`${name} ended by itself`)))
    })
  const [ready, opened] = [told('ready'), told('opened')]
  opened.catch(() => {})
  await ready
  return {
    pid: child.pid!,
    async open() {
      child.send({ type: 'open' } satisfies ToPeer)
      await opened
    },
    onUnits: listener =>
      void child.on('message', (message: FromPeer) => {
        if (message.type === 'units') listener(message.units)
      }),
    stop: () => endProcess(child),
  }
}

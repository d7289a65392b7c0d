import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { TestContext } from 'node:test'

export interface StartedServer<Facts> {
  readonly port: number
  readonly host: string
  facts(): Promise<Facts>
  /** Ends the process at once. */
  kill(): void
}

/** Starts a server of this folder in a process of its own; it ends with the test. */
export async function startServer<Facts = null>(
  t: TestContext,
  name: string,
  words: (string | number)[] = [],
): Promise<StartedServer<Facts>> {
  const file = path.join(import.meta.dirname, `${name}.js`)
  const child = fork(file, words.map(String), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] })
  const kill = () => void child.kill('SIGKILL')
  t.after(kill)
  const told = async <T>(key: string) => {
    for (;;) {
      const [message] = (await once(child, 'message', { signal: AbortSignal.timeout(20_000) })) as [Record<string, T>]
      if (message[key] !== undefined) return message[key]
    }
  }
  const port = await told<number>('port')
  return {
    port,
    host: `127.0.0.1:${port}`,
    facts() {
      const answer = told<Facts>('facts')
      child.send('facts')
      return answer
    },
    kill,
  }
}

import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { endProcess, startProgram } from './c-programs.ts'
import { pin } from './pin.ts'

/** What the C server is told; see test/bench/c/server.c. */
export interface TargetOptions {
  delayUs?: number
  stallMs?: number
  stallAfterMs?: number
  /** 0: a flood. */
  eventIntervalUs?: number
  /** Processes that share the port: each holds as many connections as one process may have files open. */
  processes?: number
  /** The first seven bytes of every message that it emits by itself. */
  markPrefix?: string
  /** Called now and then with the number of messages echoed so far. */
  onEchoes?(echoes: number): void
}

/** Runs `work` against a C server of its own, on a fresh port: no TIME_WAIT of an earlier run is in the way. */
export async function withTarget<T>(options: TargetOptions, work: (port: number) => Promise<T>): Promise<T> {
  const flags: [string, number | string | undefined][] = [
    ['-d', options.delayUs],
    ['-S', options.stallMs],
    ['-O', options.stallAfterMs],
    ['-i', options.eventIntervalUs],
    ['-m', options.markPrefix],
    ['-w', options.processes],
    ['-e', options.onEchoes && 1],
  ]
  const server = startProgram(
    'server',
    flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)])),
  )
  try {
    const lines = createInterface({ input: server.stdout! })
    const [line] = (await once(lines, 'line')) as [string]
    lines.on('line', count => options.onEchoes?.(Number(count)))
    pin(server.pid!, 'target')
    return await work(Number(line))
  } finally {
    await endProcess(server)
  }
}

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
  /** The first seven bytes of every message that it emits by itself. */
  markPrefix?: string
}

/** Runs `work` against a C server of its own, on a fresh port: no TIME_WAIT of an earlier run is in the way. */
export async function withTarget<T>(options: TargetOptions, work: (port: number) => Promise<T>): Promise<T> {
  const flags: [string, number | string | undefined][] = [
    ['-d', options.delayUs],
    ['-S', options.stallMs],
    ['-O', options.stallAfterMs],
    ['-i', options.eventIntervalUs],
    ['-m', options.markPrefix],
  ]
  const server = startProgram(
    'server',
    flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)])),
  )
  try {
    const [line] = (await once(createInterface({ input: server.stdout! }), 'line')) as [string]
    pin(server.pid!, 'target')
    return await work(Number(line))
  } finally {
    await endProcess(server)
  }
}

// The bench's own C programs, compiled when there is a compiler.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Generator } from './generator.ts'

const sources = path.resolve(import.meta.dirname, '../../../test/bench/c')
const binaries = path.join(import.meta.dirname, 'c-programs')
const FLAGS = ['-O2', '-Wall', '-Wextra', '-Werror']

let whyNot: string | null | undefined

/** Why the C programs are not there; null: they are. */
export function withoutCompiler(): string | null {
  whyNot ??= compile()
  return whyNot
}

function compile(): string | null {
  if (process.platform !== 'linux') return 'the C programs use epoll, which only Linux has'
  mkdirSync(binaries, { recursive: true })
  try {
    for (const name of ['server', 'client']) {
      const target = path.join(binaries, name)
      execFileSync('cc', [...FLAGS, '-o', target, path.join(sources, `${name}.c`)], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      if (statSync(target).size === 0) return 'cc wrote nothing'
    }
    return null
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? 'no C compiler (cc) is installed' : message
  }
}

export function startProgram(name: 'server' | 'client', options: string[]): ChildProcess {
  const reason = withoutCompiler()
  if (reason !== null) throw new Error(reason)
  return spawn(path.join(binaries, name), options, { stdio: ['ignore', 'pipe', 'inherit'] })
}

export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

/** The C client in a closed loop. */
export function cClient(port: number, connections: number, inFlight: number, payloadBytes: number): Generator {
  const options = { '-p': port, '-c': connections, '-k': inFlight, '-s': payloadBytes }
  const child = startProgram(
    'client',
    Object.entries(options).flatMap(([flag, value]) => [flag, String(value)]),
  )
  const lines = createInterface({ input: child.stdout! })
  const exited = once(child, 'exit').then(() => {
    throw new Error('the C client gave up')
  })
  exited.catch(() => {})
  return {
    pid: child.pid!,
    // It prints only once everything is open.
    open: () => Promise.race([once(lines, 'line').then(() => {}), exited]),
    onUnits: listener => void lines.on('line', line => listener(Number(line))),
    stop: () => endProcess(child),
  }
}

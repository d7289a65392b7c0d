import type { ProcessWorld, StopSignal } from '../../src/world/process.ts'

/** A process without a process: what is written is kept, files are in a map, signals are sent by the test. */
export interface FakeWorld extends ProcessWorld {
  stdout: string
  stderr: string
  files: Map<string, string>
  exits: number[]
  send(signal: StopSignal): void
  env: Record<string, string | undefined>
}

export function fakeWorld(files: Record<string, string> = {}): FakeWorld {
  const handlers = new Set<(signal: StopSignal) => void>()
  const world: FakeWorld = {
    stdout: '',
    stderr: '',
    files: new Map(Object.entries(files)),
    exits: [],
    env: {},
    outIsTerminal: false,
    errIsTerminal: false,
    columns: () => 80,
    async out(text) {
      world.stdout += text
    },
    err(text) {
      world.stderr += text
    },
    readText(file) {
      const text = world.files.get(file)
      if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
      return text
    },
    writeText(file, text) {
      if (file.startsWith('/full/')) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      world.files.set(file, text)
    },
    keepText(name, text) {
      world.files.set(`/tmp/kept/${name.split('/').at(-1)}`, text)
      return `/tmp/kept/${name.split('/').at(-1)}`
    },
    whyNotWritable: file => (file.startsWith('/locked/') ? 'permission denied' : null),
    onSignal(handle) {
      handlers.add(handle)
      return () => handlers.delete(handle)
    },
    exitNow: code => void world.exits.push(code),
    send: signal => [...handlers].forEach(handle => handle(signal)),
  }
  return world
}

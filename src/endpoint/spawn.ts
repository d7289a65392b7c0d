import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { type EndpointOptions, resolveOptions } from './options.ts'
import { endpointUrl } from './url.ts'

export interface SpawnedEndpoint {
  readonly port: number
  url(path?: string, scheme?: 'http' | 'ws'): string
  stop(): Promise<void>
}

type Report =
  { type: 'listening'; port: number } | { type: 'failed'; code?: string; text: string } | { type: 'log'; line: string }

const startTimeoutMs = 15_000
const stopTimeoutMs = 4000

/** Starts the endpoint in a child process, so that it shares no event loop with the load. It ends with this process. */
export async function spawnEndpoint(options: EndpointOptions = {}): Promise<SpawnedEndpoint> {
  const { log, ...sent } = options
  const file = path.join(import.meta.dirname, `child${path.extname(import.meta.filename)}`)
  const child = fork(file, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] })
  child.on('message', (report: Report) => {
    if (report.type === 'log') log?.(report.line)
  })
  child.send({ type: 'start', options: sent })
  const port = await listening(child)
  const resolved = resolveOptions(options)
  let stopped: Promise<void> | undefined
  return {
    port,
    url: (target = '/', scheme = 'http') => endpointUrl(resolved, port, target, scheme),
    stop() {
      stopped ??= stop(child)
      return stopped
    },
  }
}

function listening(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (text: string, code?: string) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(Object.assign(new Error(text), code === undefined ? {} : { code }))
    }
    const timer = setTimeout(() => fail(`the embedded endpoint did not start in ${startTimeoutMs} ms`), startTimeoutMs)
    child.once('error', error => fail(error.message))
    child.once('exit', code => fail(`the embedded endpoint ended with exit code ${code}`))
    child.on('message', (report: Report) => {
      if (report.type === 'failed') fail(report.text, report.code)
      if (report.type !== 'listening') return
      clearTimeout(timer)
      child.removeAllListeners('exit')
      resolve(report.port)
    })
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  if (child.connected) child.send({ type: 'stop' })
  await exited
  clearTimeout(timer)
}

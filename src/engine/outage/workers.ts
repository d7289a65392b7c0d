// The processes of a herd: started, spoken to, and what they told.
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import path from 'node:path'
import { WAVE_FLAGS } from '../../wire/engine-flags.ts'
import type { FromHerdWorker, HerdWorkerPlan, ToHerdWorker } from './worker-plan.ts'

type Told<T extends FromHerdWorker['type']> = Extract<FromHerdWorker, { type: T }>

export interface HerdWorkers {
  send(message: ToHerdWorker): void
  /** Resolves when each living worker has told this (again, after `send`); lost ones are left out. */
  all<T extends FromHerdWorker['type']>(type: T): Promise<Told<T>[]>
  /** The newest of what each told. */
  latest<T extends FromHerdWorker['type']>(type: T): Told<T>[]
  /** How workers ended that were not asked to. */
  readonly lost: string[]
  kill(): void
}

interface Member {
  child: ChildProcess
  told: Map<string, FromHerdWorker>
  alive: boolean
}

export async function startHerdWorkers(plans: readonly HerdWorkerPlan[]): Promise<HerdWorkers> {
  const file = path.join(import.meta.dirname, `worker-main${path.extname(import.meta.filename)}`)
  const waiting = new Set<() => void>()
  const lost: string[] = []
  let ending = false
  const look = () => {
    for (const check of waiting) check()
  }
  const members = plans.map((_, index): Member => {
    const child = fork(file, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: WAVE_FLAGS,
    })
    const member: Member = { child, told: new Map(), alive: true }
    child.on('message', (message: FromHerdWorker) => {
      member.told.set(message.type, message)
      look()
    })
    child.on('error', () => {})
    child.on('exit', (code, signal) => {
      member.alive = false
      if (!ending && !member.told.has('result'))
        lost.push(`worker ${index + 1} ended with ${signal ?? `exit code ${code}`}`)
      look()
    })
    return member
  })

  const workers: HerdWorkers = {
    lost,
    send(message) {
      for (const { child, alive } of members) if (alive && child.connected) child.send(message, () => {})
    },
    all: type =>
      new Promise(resolve => {
        const check = () => {
          if (!members.every(({ alive, told }) => !alive || told.has(type))) return
          waiting.delete(check)
          resolve(workers.latest(type))
        }
        waiting.add(check)
        check()
      }),
    latest: type => members.flatMap(({ told }) => (told.get(type) ?? []) as never),
    kill() {
      ending = true
      for (const { child, alive } of members) if (alive) child.kill('SIGKILL')
    },
  }
  await workers.all('ready')
  for (const [index, { child }] of members.entries())
    if (child.connected) child.send({ type: 'plan', plan: plans[index]! } satisfies ToHerdWorker)
  return workers
}

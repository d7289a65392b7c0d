import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Snapshot } from '../../measure/snapshot.ts'
import type { FromWorker, ToWorker, WorkerPlan } from '../worker/plan.ts'

const STARTUP_MS = 15_000

/** The worker processes of a run. */
export interface Workers {
  /** To all, or to those that publish (or do not). */
  send(message: ToWorker, publishers?: boolean): void
  sendTo(worker: number, message: ToWorker): void
  /** Resolves when each living worker (of that kind) has told this, with what they told. */
  all<T extends FromWorker['type']>(type: T, publishers?: boolean): Promise<Extract<FromWorker, { type: T }>[]>
  readonly lost: number[]
  readonly pids: readonly number[]
  /** Ends what is still there. */
  kill(): void
  /** Resolves when no process is left. */
  ended(): Promise<void>
}

export interface WorkersOptions {
  plans: WorkerPlan[]
  onSnapshot(snapshot: Snapshot, worker: number): void
  /** A worker ended unasked. */
  onLost(worker: number, how: string): void
}

interface Member {
  plan: WorkerPlan
  child: ChildProcess
  told: Map<string, FromWorker>
  alive: boolean
}

/** Starts one process per plan; resolves when all have taken theirs. */
export async function startWorkers({ plans, onSnapshot, onLost }: WorkersOptions): Promise<Workers> {
  const file = path.join(import.meta.dirname, `../worker/main${path.extname(import.meta.filename)}`)
  const waiting = new Set<() => void>()
  const lost: number[] = []
  const look = () => {
    for (const check of waiting) check()
  }

  const members: Member[] = plans.map(plan => {
    // A file descriptor limit and a heap are per process: threads would share both.
    const child = fork(file, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: ['--max-semi-space-size=32', '--expose-gc'],
    })
    const member: Member = { plan, child, told: new Map(), alive: true }
    child.on('message', (message: FromWorker) => {
      if (message.type === 'snapshot') onSnapshot(message.snapshot, plan.worker)
      else {
        member.told.set(message.type, message)
        look()
      }
    })
    child.on('error', () => {})
    child.on('exit', (code, signal) => {
      member.alive = false
      if (!member.told.has('closed')) {
        lost.push(plan.worker)
        onLost(plan.worker, signal === null ? `exit code ${code}` : signal)
      }
      look()
    })
    return member
  })

  const ofKind = (publishers: boolean | undefined) =>
    members.filter(({ plan }) => publishers === undefined || plan.publishes === publishers)

  const workers: Workers = {
    lost,
    pids: members.map(({ child }) => child.pid!),
    send(message, publishers) {
      for (const { child, alive, told } of ofKind(publishers)) {
        // What was told before this order is no answer to it.
        if (message.type === 'drain') told.delete('drained')
        if (alive && child.connected) child.send(message, () => {})
      }
    },
    sendTo(worker, message) {
      const { child, alive } = members.find(({ plan }) => plan.worker === worker)!
      if (alive && child.connected) child.send(message, () => {})
    },
    all(type, publishers) {
      return new Promise(resolve => {
        const check = () => {
          const group = ofKind(publishers)
          if (!group.every(({ alive, told }) => !alive || told.has(type))) return
          waiting.delete(check)
          resolve(group.flatMap(({ told }) => told.get(type) ?? []) as never)
        }
        waiting.add(check)
        check()
      })
    },
    kill() {
      for (const { child, alive } of members) if (alive) child.kill('SIGKILL')
    },
    async ended() {
      await Promise.all(members.map(({ child, alive }) => alive && once(child, 'exit')))
    },
  }

  const timer = setTimeout(() => workers.kill(), STARTUP_MS)
  await workers.all('ready')
  for (const { plan, child } of members) if (child.connected) child.send({ type: 'plan', plan } satisfies ToWorker)
  // An order that waits for a worker to load its modules would be obeyed late: messages would be sent late.
  await workers.all('planned')
  clearTimeout(timer)
  return workers
}

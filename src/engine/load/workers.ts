import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Snapshot } from '../../measure/snapshot.ts'
import { STEADY_FLAGS } from '../../wire/engine-flags.ts'
import type { FromWorker, ToWorker, WorkerPlan } from '../worker/plan.ts'

/** So long no worker may tell anything new while they start. Node starts in 50 ms; on an overloaded machine in 20 s. */
const STARTUP_MS = 60_000

const TOO_SLOW = `was ended by rtbench, because no worker came any further for ${STARTUP_MS / 1000} s while they started: stop what else runs on this machine, or use fewer --workers`

/** The worker processes of a run. */
export interface Workers {
  /** To all, or to those that publish (or do not). */
  send(message: ToWorker, publishers?: boolean): void
  sendTo(worker: number, message: ToWorker): void
  /** Resolves when each living worker (of that kind) has told this, with what they told. */
  all<T extends FromWorker['type']>(type: T, publishers?: boolean): Promise<Extract<FromWorker, { type: T }>[]>
  readonly lost: number[]
  readonly pids: readonly number[]
  /** Ends what is still there; `why` as a clause behind "worker 2", for those whose figures that takes away. */
  kill(why?: string): void
  /** Resolves when no process is left. */
  ended(): Promise<void>
}

export interface WorkersOptions {
  plans: WorkerPlan[]
  onSnapshot(snapshot: Snapshot, worker: number): void
  /** A worker did not come to its end; `how` as a clause behind "worker 2". */
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
  let starting = true
  const startup = setTimeout(() => workers.kill(TOO_SLOW), STARTUP_MS)
  const look = () => {
    for (const check of waiting) check()
  }

  const members: Member[] = plans.map(plan => {
    // A file descriptor limit and a heap are per process: threads would share both.
    const child = fork(file, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: STEADY_FLAGS,
    })
    const member: Member = { plan, child, told: new Map(), alive: true }
    child.on('message', (message: FromWorker) => {
      if (message.type === 'snapshot') onSnapshot(message.snapshot, plan.worker)
      else {
        member.told.set(message.type, message)
        if (starting) startup.refresh()
        look()
      }
    })
    child.on('error', () => {})
    child.on('exit', (code, signal) => {
      lose(member, `ended during the run (${signal ?? `exit code ${code}`}): its connections and counts are missing`)
      look()
    })
    return member
  })
  const lose = (member: Member, how: string) => {
    if (!member.alive) return
    member.alive = false
    if (member.told.has('closed')) return
    lost.push(member.plan.worker)
    onLost(member.plan.worker, how)
  }

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
      const { child, alive, told } = members.find(({ plan }) => plan.worker === worker)!
      if (message.type === 'connections') told.delete('settled')
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
    kill(why = 'was ended by rtbench') {
      for (const member of members.filter(({ alive }) => alive)) {
        member.child.kill('SIGKILL')
        lose(member, why)
      }
      look()
    },
    async ended() {
      const left = members.filter(({ child }) => child.exitCode === null && child.signalCode === null)
      await Promise.all(left.map(({ child }) => once(child, 'exit')))
    },
  }

  await workers.all('ready')
  for (const { plan, child, alive } of members)
    if (alive && child.connected) child.send({ type: 'plan', plan } satisfies ToWorker)
  // An order that waits for a worker to load its modules would be obeyed late: messages would be sent late.
  await workers.all('planned')
  starting = false
  clearTimeout(startup)
  return workers
}

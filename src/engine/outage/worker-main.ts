// The process of one herd worker: its share of the clients, told over IPC what to do; ends with its parent.
import { now } from '../../world/clock.ts'
import { collectYoungGarbage } from '../../world/garbage.ts'
import { createHerdRecord } from './herd-record.ts'
import { createModelClients } from './model-clients.ts'
import { createRealClients } from './real-clients.ts'
import type { FromHerdWorker, HerdWorkerPlan, ToHerdWorker } from './worker-plan.ts'

const TALLY_MS = 100
const BEAT_MS = 10

// The stack of a refused connect tells nobody anything, and taking it is a third of its cost.
Error.stackTraceLimit = 0

const tell = (message: FromHerdWorker, then?: () => void) => process.send?.(message, undefined, undefined, then)

// The parent decides when a run ends; a Ctrl-C on the terminal reaches the whole process group.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.on('disconnect', () => process.exit(0))

let obey: Promise<(message: ToHerdWorker) => void> | undefined
process.on('message', (message: ToHerdWorker) => {
  if (message.type === 'plan') obey = start(message.plan)
  else obey?.then(handle => handle(message)).catch(fail)
})
tell({ type: 'ready' })

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(70)
}

async function start(plan: HerdWorkerPlan): Promise<(message: ToHerdWorker) => void> {
  const record = createHerdRecord(plan)
  const clients = plan.realClient ? await createRealClients(plan, record) : await createModelClients(plan, record)
  let longestStallMs = 0
  let dueAt = now() + BEAT_MS
  let watching = false
  setInterval(() => {
    if (watching) longestStallMs = Math.max(longestStallMs, now() - dueAt)
    dueAt = now() + BEAT_MS
  }, BEAT_MS)

  return message => {
    if (message.type === 'open') void clients.open().then(opened => tell({ type: 'opened', ...opened }), fail)
    else if (message.type === 'watch') {
      watching = true
      // What the opening left behind would be collected in the midst of a wave.
      collectYoungGarbage()
      clients.watch()
      const tally = () => tell({ type: 'tally', at: now(), ...record.tally, trying: clients.trying() })
      tally()
      // After the loop has looked at its sockets: what the kernel knows by then is counted.
      setInterval(() => setImmediate(tally), TALLY_MS)
    } else if (message.type === 'finish') {
      clients.finish()
      // One turn of the loop for the last ends.
      setImmediate(() => tell({ type: 'result', result: record.result(longestStallMs) }, () => process.exit(0)))
    }
  }
}

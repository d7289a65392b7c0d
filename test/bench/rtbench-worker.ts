// rtbench as a contestant: the worker process of the product with a real plan, conducted from here.
import { workerPlans } from '../../src/engine/load/plans.ts'
import { startWorkers } from '../../src/engine/load/workers.ts'
import { type LoadWords, loadConfig } from '../../src/index.ts'
import { runTag, writeMark } from '../../src/measure/mark.ts'
import { publisherSource } from '../../src/patterns/pattern.ts'
import { now } from '../../src/world/clock.ts'
import type { Transport } from '../../src/config/run-config.ts'
import type { Generator } from './generator.ts'

const HOUR_MS = 3_600_000
/** Every run of the bench marks its messages alike, so that the C server can do it too. */
const TAG = runTag(0xbe)

/** The beginning of the marks that a worker of the bench takes for those of its publisher. */
export function publishedMarkPrefix(): string {
  const mark = Buffer.alloc(24)
  writeMark(mark, 0, TAG, publisherSource(0, 0), 0, 0, 0)
  return mark.toString('latin1', 0, 7)
}

/** `counter`: the counter of its snapshots that counts units. */
export async function rtbenchWorker(transport: Transport, words: LoadWords, counter: string): Promise<Generator> {
  const config = loadConfig({ ...words, transport, timeline: '500ms' })
  const [plan] = workerPlans(config, transport, words.url!, 1)
  const listeners: ((units: number) => void)[] = []
  let units = 0
  const workers = await startWorkers({
    plans: [{ ...plan!, tag: TAG }],
    onSnapshot(snapshot) {
      units += snapshot.counters[counter] ?? 0
      for (const listener of listeners) listener(units)
    },
    onLost: (_, how) => {
      if (!stopped) throw new Error(`the worker ended by itself: ${how}`)
    },
  })
  let stopped = false
  return {
    pid: workers.pids[0]!,
    async open() {
      workers.send({ type: 'open' })
      const [settled] = await workers.all('settled')
      if (settled?.opened !== config.connections) throw new Error(`opened ${settled?.opened} of ${config.connections}`)
      const startAt = now() + 10
      workers.send({ type: 'run', startAt, warmUpUntil: 0, endAt: startAt + HOUR_MS })
    },
    onUnits: listener => void listeners.push(listener),
    async stop() {
      stopped = true
      workers.kill()
      await workers.ended()
    },
  }
}

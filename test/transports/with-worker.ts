import type { TestContext } from 'node:test'
import { loadConfig, type LoadWords } from '../../src/index.ts'
import type { Transport } from '../../src/config/run-config.ts'
import { workerPlans } from '../../src/engine/load/plans.ts'
import { retryRule } from '../../src/engine/worker/retry.ts'
import { createConnectionWorker } from '../../src/engine/worker/worker.ts'
import { Recorder } from '../../src/measure/recorder.ts'
import type { FailureTally } from '../../src/measure/snapshot.ts'
import type { PatternRun } from '../../src/patterns/pattern.ts'
import type { MessageConnection, TransportUnit } from '../../src/transports/transport.ts'
import { findUnit, loadUnit } from '../../src/world/units.ts'

/** What a pattern without aims has seen of its connections. */
export interface Seen {
  opened: MessageConnection[]
  messages: string[]
  ended: number
}

/** A load worker in this process, whose pattern only writes down what it sees. */
export async function withWorker(t: TestContext, transport: Transport, words: LoadWords) {
  const config = loadConfig({ pattern: 'idle', connections: 1, timeout: '5s', ...words, transport })
  const [plan] = workerPlans(config, transport, config.target.url!, 1)
  const recorder = new Recorder()
  const seen: Seen = { opened: [], messages: [], ended: 0 }
  const unit = await loadUnit<TransportUnit>(findUnit('transports', transport)!)
  let settled = false
  const worker = createConnectionWorker(
    plan!,
    unit,
    () => writingDown(seen),
    await retryRule(plan!),
    recorder,
    () => 0,
    ({ type }) => (settled ||= type === 'settled'),
  )
  t.after(() => {
    worker.close()
    worker.abort()
    worker.transport.timers.clear()
  })
  const counters: Record<string, number> = {}
  const failures: Record<string, FailureTally> = {}
  const look = () => {
    const snapshot = recorder.take(0, {})
    for (const [name, value] of Object.entries(snapshot.counters)) counters[name] = (counters[name] ?? 0) + value
    for (const [kind, tally] of Object.entries(snapshot.failures)) {
      const sum = (failures[kind] ??= { count: 0, examples: [] })
      sum.count += tally.count
      sum.examples.push(...tally.examples)
    }
    return { counters, failures }
  }
  return {
    worker,
    seen,
    transport: worker.transport,
    /** All that was counted since the start. */
    counters: () => look().counters,
    failures: () => look().failures,
    /** The only failure there is. */
    failure() {
      const entries = Object.entries(look().failures)
      if (entries.length !== 1) throw new Error(`failures: ${JSON.stringify(entries)}`)
      const [kind, { count, examples }] = entries[0]!
      return { kind, count, text: examples[0] }
    },
    settled: () => until(() => settled),
    until,
  }
}

/** Looks again and again, for at most 20 s. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not in 20 s: ${condition.toString()}`)
    await new Promise(resolve => setTimeout(resolve, 2))
  }
}

function writingDown(seen: Seen): PatternRun {
  return {
    opened: connection => void seen.opened.push(connection as MessageConnection),
    message: (_, buffer, start, end) => void seen.messages.push(buffer.toString('utf8', start, end)),
    flushed() {},
    ended() {
      seen.ended += 1
    },
    send() {},
    flush() {},
    loop() {},
    outstanding: () => 0,
    primed: () => true,
  }
}

import type { LoadConfig } from '../../config/run-config.ts'
import type { Collector } from '../../measure/collector.ts'
import { evaluateThresholds } from '../../report/thresholds.ts'
import { now } from '../../world/clock.ts'
import { loadMetrics } from './metrics.ts'

const EVERY_MS = 500

/** Watches the thresholds that end a run: once one with samples does not hold, `missed` resolves. */
export interface AbortWatch {
  missed: Promise<void>
  start(ranFrom: number): void
  /** The expression that ended the run, or null. */
  stop(): string | null
}

export function watchAborts(config: LoadConfig, collector: Collector): AbortWatch {
  const watched = config.thresholds.filter(({ abortOnFail }) => abortOnFail)
  let timer: NodeJS.Timeout | null = null
  let abortedBy: string | null = null
  let resolveMissed = () => {}
  const missed = new Promise<void>(resolve => {
    resolveMissed = resolve
  })
  const look = (ranFrom: number) => {
    const elapsed = now() - ranFrom
    const due = watched.filter(({ delayAbortMs }) => elapsed >= delayAbortMs)
    // What is lost is known only at the end: everything under way may still arrive.
    const metrics = loadMetrics(config, collector, { expected: null, histograms: null })
    const results = evaluateThresholds(due, { metrics, durationMs: elapsed })
    const broken = results.find(({ ok, value }) => !ok && value !== null)
    if (broken === undefined) return
    abortedBy = broken.expr
    resolveMissed()
  }
  return {
    missed,
    start(ranFrom) {
      if (watched.length > 0) timer = setInterval(() => look(ranFrom), EVERY_MS)
    },
    stop() {
      if (timer !== null) clearInterval(timer)
      return abortedBy
    },
  }
}

import type { LoadConfig } from '../../config/run-config.ts'
import type { Interval } from '../../measure/collector.ts'
import { now } from '../../world/clock.ts'
import type { Observer } from '../progress.ts'
import type { Stage } from './conduct.ts'

const EVERY_MS = 1000

/** Shows an observer the run once a second, from the newest whole interval. */
export function watchProgress(
  config: LoadConfig,
  latency: string | null,
  observer: Observer,
): { enter(stage: Stage): void; stop(): void } {
  let stage: Stage | null = null
  let enteredAt = now()
  const show = () => {
    if (stage === null) return
    const { collector, phase, plannedMs } = stage
    const index = collector.intervals.length - 1
    const last: Interval | undefined = collector.intervals[index]
    const perSecond = (name: string) => ((last?.counters[name] ?? 0) * 1000) / config.timelineMs
    const summary = latency === null ? null : collector.summary(index, latency)
    const lag = collector.summary(index, 'gen_loop_lag')
    observer({
      phase,
      elapsedMs: now() - enteredAt,
      plannedMs,
      connections: {
        asked: Math.max(config.connections, ...config.stages.map(({ connections }) => connections)),
        open: last?.levels.connections ?? 0,
        failed: collector.counter('conn_failed'),
        dropped: collector.counter('conn_dropped'),
      },
      sentPerSecond: perSecond('msgs_sent'),
      receivedPerSecond: perSecond('msgs_received'),
      bytesPerSecond: perSecond('bytes_sent') + perSecond('bytes_received'),
      latencyName: latency ?? '',
      p50Ms: summary?.p50 ?? null,
      p99Ms: summary?.p99 ?? null,
      errors: collector.failureClasses().reduce((sum, { count }) => sum + count, 0),
      generator: {
        loopLagMs: lag?.max ?? 0,
        sendLagMs: collector.summary(index, 'gen_send_lag')?.p99 ?? 0,
        cpuShare: (last?.levels.gen_cpu ?? 0) / Math.max(1, last?.levels.workers ?? 1),
      },
      note: stage.note,
    })
  }
  const timer = setInterval(show, EVERY_MS)
  return {
    enter(next) {
      stage = next
      enteredAt = now()
      show()
    },
    stop: () => clearInterval(timer),
  }
}

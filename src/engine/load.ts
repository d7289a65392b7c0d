import { checkTransport } from '../config/check-transport.ts'
import type { LoadConfig, Transport } from '../config/run-config.ts'
import type { Report } from '../report/report.ts'
import { detectTransport } from './detect.ts'
import { embedded } from './embedded.ts'
import { withCapacity } from './load/capacity.ts'
import { conduct, type Stage } from './load/conduct.ts'
import { workerPlans } from './load/plans.ts'
import { questionClock } from './load/target-clock.ts'
import { watchProgress } from './load/progress.ts'
import { buildReport, unreachableReport } from './load/report.ts'
import { arithmetic, machineLimits, workerCount } from './preflight.ts'
import type { RunContext } from './progress.ts'
import { wall } from '../world/clock.ts'
import { findUnit, loadUnit } from '../world/units.ts'
import type { PatternUnit } from '../patterns/pattern.ts'

/** Runs one load test; the Report is complete also when it was interrupted. Throws UsageError for what cannot run. */
export async function runLoad(asked: LoadConfig, context: RunContext): Promise<Report> {
  const startedAt = new Date(wall())
  const endpoint = await embedded(asked)
  try {
    const url = endpoint.config.target.url!
    const found = await transportOf(endpoint.config, url)
    if ('failure' in found) return unreachableReport(endpoint.config, startedAt, found.failure)
    const { transport } = found
    checkTransport(endpoint.config, transport)
    const limits = machineLimits()
    const { connections, stages, workers } = endpoint.config
    const most = Math.max(connections, ...stages.map(stage => stage.connections))
    const count = workerCount(most, workers, limits)
    const config = withCapacity(endpoint.config, most, count, limits)
    await startTime(config.shard?.startAt ?? null, context.stop)
    const clock = config.timestamp === null ? null : await questionClock(config.target, found.url)
    const plans = workerPlans(config, transport, found.url, count, clock?.offset ?? null)
    const pattern = await loadUnit<PatternUnit>(findUnit('patterns', config.pattern)!)
    const latency = config.pattern === 'listen' && transport === 'poll' ? 'poll_cycle' : pattern.latency
    const progress = watchProgress(config, latency, context.observer)
    const takes = arithmetic(most, count, config.target.localAddresses.length, /^(wss|https):/i.test(found.url), limits)
    const enter = (stage: Stage) => progress.enter(stage.phase === 'opening' ? { ...stage, note: takes } : stage)
    const outcome = await conduct(config, plans, latency, context, enter).finally(progress.stop)
    return buildReport({
      config,
      transport,
      url: found.url,
      startedAt,
      outcome,
      latency,
      clock: (await clock?.end()) ?? null,
      limits,
      workers: count,
      context,
    })
  } finally {
    await endpoint.stop()
  }
}

async function transportOf(
  config: LoadConfig,
  url: string,
): Promise<{ transport: Transport; url: string } | Awaited<ReturnType<typeof detectTransport>>> {
  const { transport } = config.target
  if (transport !== 'auto') return { transport, url }
  if (/^wss?:/i.test(url)) return { transport: 'ws', url }
  return detectTransport(config.target, url)
}

/** Shards on several machines begin at one moment; a moment that has passed is now. */
function startTime(startAt: string | null, stop: AbortSignal): Promise<void> {
  if (startAt === null) return Promise.resolve()
  return new Promise(resolve => {
    const timer = setTimeout(resolve, Math.max(0, Date.parse(startAt) - wall()))
    stop.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}

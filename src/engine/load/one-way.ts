import { networkInterfaces } from 'node:os'
import type { TargetConfig } from '../../config/run-config.ts'
import type { Metric } from '../../report/report.ts'
import { formatMs } from '../../report/text.ts'
import type { TargetClock } from './target-clock.ts'

/** Whether the target runs on this machine, so that its clock is ours and a one-way time means something. */
export function sameClock({ url, connectTo, unixSocket }: TargetConfig): boolean {
  if (unixSocket !== null) return true
  const host = (connectTo?.host ?? new URL(url!).hostname).replace(/^\[|\]$/g, '')
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return true
  return Object.values(networkInterfaces()).some(list => list?.some(({ address }) => address === host))
}

/** Why a time from the clock of the target to that of this machine means nothing, as a clause; null: it does. */
export function clocksApart(
  target: TargetConfig,
  metrics: Readonly<Record<string, Metric>>,
  clock: TargetClock | null,
): string | null {
  if (clock?.plusMinusMs === null) return 'the clock of the target was set during the run, or a cache answers for it'
  for (const way of ['ahead of', 'behind'] as const) {
    const metric = metrics[`clock_${way.split(' ')[0]}`]
    if (metric?.type === 'histogram' && metric.count > 0) {
      return `the clock of the target is at least ${formatMs(metric.max)} ${way} this machine's`
    }
  }
  if (clock !== null || sameClock(target)) return null
  return 'the target runs on another machine, and the distance between its clock and this one is unknown'
}

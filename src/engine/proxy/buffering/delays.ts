// How long events of an endpoint with a clock of its own were under way: with the error of the clocks' distance, or not
// at all.
import type { ClockOffset } from '../../../measure/clock-offset.ts'
import { createHistogram } from '../../../measure/histogram.ts'
import { isOutOfStall, type Stall } from '../../../measure/stalls.ts'
import type { CheckResult, Metric } from '../../../report/report.ts'
import { formatMs } from '../../../report/text.ts'
import { wallOf } from '../../../world/clock.ts'
import { cellName, wayName } from '../classify/cell.ts'
import { describeWay } from '../classify/describe-ways.ts'
import { TOGETHER_MS } from '../classify/features.ts'
import type { ObservedEvent } from '../classify/observation.ts'
import { quantile } from '../classify/quantile.ts'
import { checkOf } from '../part.ts'
import type { Watched } from './watch-endpoint.ts'

/** One line for each way of asking. */
export function delayChecks(
  watched: readonly Watched[],
  clock: ClockOffset | string,
  stalls: readonly Stall[],
): CheckResult[] {
  return watched.map(({ cell, events }) => {
    const id = `delay.${wayName(cell)}`
    const title = `how long events were under way: ${describeWay(cell)}`
    const skip = (reason: string) => checkOf(id, title, 'skip', { level: 'info', reason })
    const delays = timedDelays(events, stalls)
    if (delays.length === 0)
      return skip(
        events.length === 0 ? 'no event came' : 'the events bear no time: how long they were under way is not known',
      )
    if (typeof clock === 'string')
      return skip(`the distance between the endpoint's clock and this one is not known: ${clock}`)
    const observed = `${describeDelays(delays, events.length, clock)}; ${describeClock(clock)}`
    return checkOf(id, title, 'info', { level: 'info', observed })
  })
}

/** The bounds of each delay, as a figure without its error is none. */
export function delayMetrics(
  watched: readonly Watched[],
  clock: ClockOffset | string,
  stalls: readonly Stall[],
): Record<string, Metric> {
  const metrics: Record<string, Metric> = {}
  if (typeof clock === 'string') return metrics
  for (const { cell, events } of watched) {
    const [least, most] = [createHistogram(), createHistogram()]
    for (const delay of timedDelays(events, stalls)) {
      least.record(Math.max(0, delay + clock.offsetMs - clock.plusMinusMs) * 1000)
      most.record(Math.max(0, delay + clock.offsetMs + clock.plusMinusMs) * 1000)
    }
    if (least.count === 0) continue
    metrics[`push_latency_at_least{stream:${cellName(cell)}}`] = least.toMetric()
    metrics[`push_latency_at_most{stream:${cellName(cell)}}`] = most.toMetric()
  }
  return metrics
}

/** From their clock to ours, of the events that bear a time and did not wait for this process. */
function timedDelays(events: readonly ObservedEvent[], stalls: readonly Stall[]): number[] {
  return events.flatMap(({ emittedAtMs, arrivedAtMs }) =>
    emittedAtMs === null || isOutOfStall(arrivedAtMs, stalls, TOGETHER_MS) ? [] : [wallOf(arrivedAtMs) - emittedAtMs],
  )
}

function describeDelays(delays: readonly number[], events: number, { offsetMs, plusMinusMs }: ClockOffset): string {
  const at = (share: number) => formatMs(Math.max(0, quantile(delays, share) + offsetMs))
  const count = delays.length === events ? `${events} events` : `${delays.length} of ${events} events`
  return `${count}: ${at(0.5)} (p50), ${at(0.95)} (p95), ${at(1)} (max), each ± ${formatMs(plusMinusMs)}`
}

function describeClock({ offsetMs, bestRoundTripMs, samples }: ClockOffset): string {
  const side = offsetMs >= 0 ? 'ahead of' : 'behind'
  return `the endpoint's clock is ${formatMs(Math.abs(offsetMs))} ${side} this one, by ${samples} questions, the best answered in ${formatMs(bestRoundTripMs)}`
}

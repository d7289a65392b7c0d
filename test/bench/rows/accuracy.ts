// Whether the figures are true: a rate that is kept, a server whose delay is known, a stall whose percentiles are known.
import { withoutCompiler } from '../c-programs.ts'
import { counter, histogram, lossless } from '../load-report.ts'
import type { Rows } from '../row.ts'
import { withTarget } from '../target-server.ts'

const url = (port: number) => `ws://127.0.0.1:${port}/echo`

const DELAY_MS = 5
const STALL_MS = 1000
const STALL_RUN_MS = 10_000

/**
 * Arrivals at a constant rate. One that comes during the stall waits for its end and then the delay: evenly from DELAY to
 * STALL + DELAY. One that came less than the delay before the stall has its answer due in it, and gets it at the end:
 * evenly from STALL to STALL + DELAY. So above STALL there are two for every one below.
 */
function stallQuantileMs(quantile: number): number {
  const longerMs = (1 - quantile) * STALL_RUN_MS
  const longest = STALL_MS + DELAY_MS
  return longerMs <= 2 * DELAY_MS ? longest - longerMs / 2 : longest + DELAY_MS - longerMs
}

const rows: Rows = [
  {
    title: 'Delivered ÷ asked rate, 5,000 messages per second on 100 connections',
    figures: { ratio: 'messages sent ÷ messages asked for' },
    contestants: {
      rtbench: {
        missing: withoutCompiler,
        run: span =>
          withTarget({}, async port => {
            const duration = `${span.runMs}ms`
            const report = await lossless({ url: url(port), connections: 100, totalRate: 5000, duration })
            return { ratio: counter(report, 'msgs_sent') / (5 * span.runMs) }
          }),
      },
    },
    goals: [
      { figure: 'ratio', against: null, least: 0.998 },
      { figure: 'ratio', against: null, most: 1.002 },
    ],
  },
  {
    title: `A server that answers after exactly ${DELAY_MS} ms, 10 connections, 20 messages per second each`,
    figures: { fromSend: 'ms of p50 above the delay, from the sending', fromSchedule: 'ms, from the schedule' },
    contestants: {
      rtbench: {
        missing: withoutCompiler,
        run: span =>
          withTarget({ delayUs: DELAY_MS * 1000 }, async port => {
            const report = await lossless({
              url: url(port),
              connections: 10,
              rate: 20,
              workers: 1,
              duration: `${span.runMs}ms`,
            })
            return {
              fromSend: histogram(report, 'msg_rtt_service').p50 - DELAY_MS,
              fromSchedule: histogram(report, 'msg_rtt').p50 - DELAY_MS,
            }
          }),
      },
    },
    goals: [
      { figure: 'fromSend', against: null, most: 0.2 },
      { figure: 'fromSchedule', against: null, most: 0.5 },
    ],
    limit: 'in it are two ways through loopback, the lateness of the server itself and the wake-up of our loop',
  },
  {
    title: `The same server stands still for ${STALL_MS / 1000} s in a run of ${STALL_RUN_MS / 1000} s`,
    figures: { p99: 'p99 ÷ the analytic p99', p999: 'p99.9 ÷ the analytic p99.9' },
    contestants: {
      rtbench: {
        missing: withoutCompiler,
        run: () =>
          withTarget({ delayUs: DELAY_MS * 1000, stallMs: STALL_MS, stallAfterMs: 4000 }, async port => {
            const report = await lossless({
              url: url(port),
              connections: 100,
              rate: 20,
              duration: `${STALL_RUN_MS}ms`,
            })
            const { p99, p999 } = histogram(report, 'msg_rtt')
            return { p99: p99 / stallQuantileMs(0.99), p999: p999 / stallQuantileMs(0.999) }
          }),
      },
    },
    goals: ['p99', 'p999'].flatMap(figure => [
      { figure, against: null, least: 0.99 },
      { figure, against: null, most: 1.01 },
    ]),
    limit: 'what the server wakes up late from its stall, and takes to answer all that waited for it',
  },
]

export default rows

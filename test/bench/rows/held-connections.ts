// As many connections as the figures promise, over workers and addresses: all held for a minute, then all sending.
import { withoutCompiler } from '../c-programs.ts'
import { counter, histogram } from '../load-report.ts'
import { load, type LoadWords, type Report } from '../../../src/index.ts'
import type { Figures, Rows } from '../row.ts'
import { withTarget } from '../target-server.ts'

const CONNECTIONS = 50_000
const PROCESSES = 4
const ECHO_SECONDS = 30

async function hold(words: LoadWords, figures: (report: Report) => Figures): Promise<Figures> {
  return withTarget({ processes: PROCESSES }, async port => {
    const url = `ws://127.0.0.1:${port}/echo`
    const report = await load({ url, connections: CONNECTIONS, timeout: '60s', allowLimited: true, ...words })
    const resident = report.metrics.gen_rss
    return {
      opened: counter(report, 'conn_opened'),
      dropped: counter(report, 'conn_dropped'),
      bytes: resident !== undefined && 'value' in resident ? resident.value / CONNECTIONS : Number.NaN,
      limited: report.validity.verdict === 'limited' ? 1 : 0,
      ...figures(report),
    }
  })
}

const figures = {
  opened: 'connections opened',
  dropped: 'connections dropped',
  bytes: 'resident bytes of all workers per connection',
  limited: '1: the run found itself limited',
}

const rows: Rows = [
  {
    title: `${CONNECTIONS} connections held for 60 s`,
    figures,
    rounds: 1,
    contestants: {
      rtbench: { missing: withoutCompiler, run: () => hold({ pattern: 'idle', duration: '60s' }, () => ({})) },
    },
    goals: [
      { figure: 'opened', against: null, least: CONNECTIONS },
      { figure: 'dropped', against: null, most: 0 },
    ],
  },
  {
    title: `${CONNECTIONS} connections, one message per second each for ${ECHO_SECONDS} s`,
    figures: {
      ...figures,
      sent: 'messages sent ÷ messages asked for',
      lost: 'messages lost',
      p50: 'ms, p50 from the schedule',
      p99: 'ms, p99 from the schedule',
    },
    rounds: 1,
    contestants: {
      rtbench: {
        missing: withoutCompiler,
        run: () =>
          hold({ rate: 1, duration: `${ECHO_SECONDS}s` }, report => ({
            sent: counter(report, 'msgs_sent') / (CONNECTIONS * ECHO_SECONDS),
            lost: counter(report, 'msgs_lost'),
            p50: histogram(report, 'msg_rtt').p50,
            p99: histogram(report, 'msg_rtt').p99,
          })),
      },
    },
    goals: [
      { figure: 'dropped', against: null, most: 0 },
      { figure: 'lost', against: null, most: 0 },
    ],
    limit: 'the processor: target and generator share it',
  },
]

export default rows

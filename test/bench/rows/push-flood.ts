// How many small pushed messages one CPU second parses, audits by sequence number and counts.
import { steady } from '../contestant.ts'
import type { Row, Rows } from '../row.ts'
import { publishedMarkPrefix, rtbenchWorker } from '../rtbench-worker.ts'

const CONNECTIONS = 10

function flood(title: string, transport: 'ws' | 'sse', address: (port: number) => string, least: number): Row {
  const target = { eventIntervalUs: 0, markPrefix: publishedMarkPrefix() }
  return {
    title: `A flood of marked messages, ${title}, ${CONNECTIONS} connections`,
    figures: {
      perCpuSecond: 'messages per CPU second',
      rate: 'messages per second',
      cpu: 'µs of CPU per message',
      kernel: 'µs of it in the kernel',
    },
    contestants: {
      rtbench: steady(target, port =>
        rtbenchWorker(
          transport,
          {
            url: address(port),
            connections: CONNECTIONS,
            pattern: 'publish',
            publish: `http://127.0.0.1:${port}/publish`,
          },
          'msgs_received',
        ),
      ),
    },
    goals: [{ figure: 'perCpuSecond', against: null, least }],
    limit: 'the processor: nearly all of the time is our own parsing, auditing and counting',
  }
}

const rows: Rows = [
  flood('WebSocket', 'ws', port => `ws://127.0.0.1:${port}/flood`, 4e6),
  flood('event streams', 'sse', port => `http://127.0.0.1:${port}/events`, 2e6),
]

export default rows

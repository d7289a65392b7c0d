// CPU per server-sent event, parsed and timed: one event per wake-up, and a flood.
import { steady } from '../contestant.ts'
import { peerClient } from '../peer-client.ts'
import type { Row, Rows } from '../row.ts'
import { rtbenchWorker } from '../rtbench-worker.ts'

const url = (port: number) => `http://127.0.0.1:${port}/events`

function events(title: string, connections: number, eventIntervalUs: number, most: number): Row {
  return {
    title: `Server-sent events, ${title}, ${connections} connections`,
    figures: { cpu: 'µs of CPU per event', kernel: 'µs of it in the kernel', rate: 'events per second' },
    contestants: {
      rtbench: steady({ eventIntervalUs }, port =>
        rtbenchWorker('sse', { url: url(port), connections, pattern: 'listen' }, 'msgs_received'),
      ),
      eventsource: steady({ eventIntervalUs }, port =>
        peerClient('eventsource-client', { url: url(port), connections }),
      ),
    },
    goals: [{ figure: 'cpu', against: 'eventsource', most }],
  }
}

const rows: Rows = [events('one per wake-up (100 per second each)', 100, 10_000, 0.33), events('a flood', 10, 0, 0.6)]

export default rows

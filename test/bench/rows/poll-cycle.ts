// CPU per cycle of a long poll that is answered at once: request, answer, cursor for the next.
import { steady } from '../contestant.ts'
import { peerClient } from '../peer-client.ts'
import type { Row, Rows } from '../row.ts'
import { rtbenchWorker } from '../rtbench-worker.ts'

function cycle(connections: number, most: number): Row {
  return {
    title: `Long-poll cycle, ${connections} connections`,
    figures: { cpu: 'µs of CPU per cycle', kernel: 'µs of it in the kernel', rate: 'cycles per second' },
    contestants: {
      rtbench: steady({}, port =>
        rtbenchWorker('poll', { url: `http://127.0.0.1:${port}/poll`, connections, pattern: 'listen' }, 'polls'),
      ),
      undici: steady({}, port =>
        peerClient('undici-client', { origin: `http://127.0.0.1:${port}`, path: '/poll', connections }),
      ),
    },
    goals: [{ figure: 'cpu', against: 'undici', most }],
  }
}

const rows: Rows = [cycle(100, 0.35), cycle(1000, 0.25)]

export default rows

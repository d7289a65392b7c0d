// CPU per individually timed WebSocket echo, the next message sent when the answer came.
import { cClient } from '../c-programs.ts'
import { steady } from '../contestant.ts'
import { peerClient } from '../peer-client.ts'
import type { Row, Rows } from '../row.ts'
import { rtbenchWorker } from '../rtbench-worker.ts'

const PAYLOAD_BYTES = 32

function closedLoop(connections: number, inFlight: number, goals: Row['goals']): Row {
  const url = (port: number) => `ws://127.0.0.1:${port}/echo`
  return {
    title: `WebSocket echo, closed loop, ${connections} connections, ${inFlight} in flight`,
    figures: { cpu: 'µs of CPU per echo', kernel: 'µs of it in the kernel', rate: 'echoes per second' },
    contestants: {
      rtbench: steady({}, port =>
        rtbenchWorker('ws', { url: url(port), connections, inFlight, size: `${PAYLOAD_BYTES}B` }, 'msgs_received'),
      ),
      ws: steady({}, port =>
        peerClient('ws-client', { url: url(port), connections, inFlight, payloadBytes: PAYLOAD_BYTES, rate: 0 }),
      ),
      c: steady({}, port => cClient(port, connections, inFlight, PAYLOAD_BYTES)),
    },
    goals,
  }
}

const oneInFlight: Row['goals'] = [
  { figure: 'cpu', against: 'ws', most: 0.6 },
  { figure: 'cpu', against: 'c', most: 1.7 },
]

const rows: Rows = [
  closedLoop(100, 1, oneInFlight),
  closedLoop(1000, 1, oneInFlight),
  closedLoop(100, 8, [
    { figure: 'cpu', against: 'ws', most: 0.18 },
    { figure: 'cpu', against: 'c', most: 2 },
  ]),
]

export default rows

// CPU per WebSocket echo at a fixed rate, latency recorded from the schedule and from the sending.
import { steady } from '../contestant.ts'
import { peerClient } from '../peer-client.ts'
import type { Rows } from '../row.ts'
import { rtbenchWorker } from '../rtbench-worker.ts'

const CONNECTIONS = 100
const PER_SECOND = 20_000
const PAYLOAD_BYTES = 32
const url = (port: number) => `ws://127.0.0.1:${port}/echo`

const rows: Rows = [
  {
    title: `WebSocket echo at ${PER_SECOND} messages per second in total, ${CONNECTIONS} connections`,
    figures: { cpu: 'µs of CPU per echo', rate: 'echoes per second' },
    contestants: {
      rtbench: steady({}, port =>
        rtbenchWorker(
          'ws',
          { url: url(port), connections: CONNECTIONS, totalRate: PER_SECOND, size: `${PAYLOAD_BYTES}B` },
          'msgs_received',
        ),
      ),
      ws: steady({}, port =>
        peerClient('ws-client', {
          url: url(port),
          connections: CONNECTIONS,
          inFlight: 0,
          payloadBytes: PAYLOAD_BYTES,
          rate: PER_SECOND,
        }),
      ),
    },
    goals: [{ figure: 'cpu', against: 'ws', most: 0.7 }],
  },
]

export default rows

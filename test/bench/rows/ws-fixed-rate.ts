// CPU per WebSocket echo at a fixed rate, latency recorded from the schedule and from the sending.
import { steady } from '../contestant.ts'
import path from 'node:path'
import { externalTool } from '../external-tool.ts'
import { peerClient } from '../peer-client.ts'
import type { Rows } from '../row.ts'
import { rtbenchWorker } from '../rtbench-worker.ts'

const CONNECTIONS = 100
const PER_SECOND = 30_000
const PAYLOAD_BYTES = 32
// It has no latency of WebSocket messages and does not keep to a pause between them: it sends whenever it can.
const ARTILLERY = 'artillery (neither timed nor paced)'
const tools = path.resolve(import.meta.dirname, '../../../../test/bench/tools')
const url = (port: number) => `ws://127.0.0.1:${port}/echo`

const rows: Rows = [
  {
    title: `WebSocket echo at ${PER_SECOND} messages per second in total, ${CONNECTIONS} connections`,
    figures: { cpu: 'µs of CPU per echo', kernel: 'µs of it in the kernel', rate: 'echoes per second' },
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
      tcpkali: externalTool('tcpkali', port => [
        `--ws -w1 -c ${CONNECTIONS} -r ${PER_SECOND / CONNECTIONS} -T 10m -m ${'mark'.padEnd(PAYLOAD_BYTES, 'x')}`,
        `--latency-marker mark --latency-percentiles 50,99 127.0.0.1:${port}`,
      ]),
      k6: externalTool('k6', port => [
        `run --quiet -e URL=${url(port)} -e CONNECTIONS=${CONNECTIONS} -e RATE=${PER_SECOND / CONNECTIONS}`,
        path.join(tools, 'k6-echo.js'),
      ]),
      [ARTILLERY]: externalTool('artillery', port => [
        `run --quiet --target ${url(port)}`,
        path.join(tools, 'artillery-echo.json'),
      ]),
    },
    goals: [
      { figure: 'cpu', against: 'ws', most: 0.7 },
      { figure: 'cpu', against: 'tcpkali', most: 0.5 },
      { figure: 'cpu', against: 'k6', most: 0.25 },
      { figure: 'cpu', against: ARTILLERY, most: 0.25 },
    ],
  },
]

export default rows

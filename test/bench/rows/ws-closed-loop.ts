// CPU per individually timed WebSocket echo, the next message sent when the answer came.
import { cClient, withoutCompiler } from '../c-programs.ts'
import { type Generator, steadyCost } from '../generator.ts'
import { peerClient } from '../peer-client.ts'
import type { Contestant, Row, Rows } from '../row.ts'
import { rtbenchWorker } from '../rtbench-worker.ts'
import { withTarget } from '../target-server.ts'

const PAYLOAD_BYTES = 32

function closedLoop(connections: number, inFlight: number, goals: Row['goals']): Row {
  const contestant = (generator: (port: number) => Generator | Promise<Generator>): Contestant => ({
    missing: withoutCompiler,
    run: span => withTarget({}, async port => steadyCost(await generator(port), span)),
  })
  const url = (port: number) => `ws://127.0.0.1:${port}/echo`
  return {
    title: `WebSocket echo, closed loop, ${connections} connections, ${inFlight} in flight`,
    figures: { cpu: 'µs of CPU per echo', rate: 'echoes per second' },
    contestants: {
      rtbench: contestant(port =>
        rtbenchWorker('ws', { url: url(port), connections, inFlight, size: `${PAYLOAD_BYTES}B` }, 'msgs_received'),
      ),
      ws: contestant(port =>
        peerClient('ws-client', { url: url(port), connections, inFlight, payloadBytes: PAYLOAD_BYTES, rate: 0 }),
      ),
      c: contestant(port => cClient(port, connections, inFlight, PAYLOAD_BYTES)),
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

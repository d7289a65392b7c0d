// What 10,000 idle connections cost: resident memory each, and the time to open them all.
import { withoutCompiler } from '../c-programs.ts'
import { type Generator, openingCost } from '../generator.ts'
import { peerClient } from '../peer-client.ts'
import type { Contestant, Row, Rows } from '../row.ts'
import { rtbenchWorker } from '../rtbench-worker.ts'
import { withTarget } from '../target-server.ts'

const CONNECTIONS = 10_000
const KIB = 1024
const figures = {
  bytes: 'resident bytes per connection',
  openMs: 'ms to open all',
  openCpuMs: 'ms of CPU to open all',
  openKernelMs: 'ms of it in the kernel',
}
// An interval that never comes: the stream stays silent.
const SILENT_US = 3_600_000_000

const contestant = (generator: (port: number) => Promise<Generator>): Contestant => ({
  missing: withoutCompiler,
  run: () =>
    withTarget({ eventIntervalUs: SILENT_US, delayUs: SILENT_US }, async port =>
      openingCost(await generator(port), CONNECTIONS),
    ),
})

const ws = contestant(port =>
  peerClient('ws-client', {
    url: `ws://127.0.0.1:${port}/`,
    connections: CONNECTIONS,
    inFlight: 0,
    payloadBytes: 0,
    rate: 0,
  }),
)

const idle = (transport: 'ws' | 'sse' | 'poll', address: (port: number) => string) =>
  contestant(port =>
    rtbenchWorker(
      transport,
      { url: address(port), connections: CONNECTIONS, pattern: 'idle', timeout: '60s' },
      'msgs_received',
    ),
  )

function row(title: string, rtbench: Contestant, goals: Row['goals'], others: Row['contestants'] = { ws }): Row {
  return { title: `${CONNECTIONS} idle connections: ${title}`, figures, contestants: { rtbench, ...others }, goals }
}

const rows: Rows = [
  row(
    'WebSocket',
    idle('ws', port => `ws://127.0.0.1:${port}/`),
    [
      { figure: 'bytes', against: null, most: 6 * KIB },
      { figure: 'bytes', against: 'ws', most: 0.7 },
      { figure: 'openMs', against: 'ws', most: 0.45 },
    ],
  ),
  row(
    'event streams',
    idle('sse', port => `http://127.0.0.1:${port}/events`),
    [
      { figure: 'bytes', against: null, most: 6 * KIB },
      { figure: 'bytes', against: 'ws', most: 0.7 },
    ],
  ),
  row(
    'held polls',
    idle('poll', port => `http://127.0.0.1:${port}/poll`),
    [{ figure: 'bytes', against: null, most: 8 * KIB }],
    {},
  ),
]

export default rows

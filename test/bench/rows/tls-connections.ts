// What idle connections over TLS cost in resident memory each.
import { openingCost } from '../generator.ts'
import type { Rows } from '../row.ts'
import { rtbenchWorker } from '../rtbench-worker.ts'
import { withTlsTarget } from '../tls-target.ts'

const CONNECTIONS = 10_000
const KIB = 1024

const rows: Rows = [
  {
    title: `${CONNECTIONS} idle connections: WebSocket over TLS`,
    figures: {
      bytes: 'resident bytes per connection',
      openMs: 'ms to open all',
      openCpuMs: 'ms of CPU to open all',
      openKernelMs: 'ms of it in the kernel',
    },
    contestants: {
      rtbench: {
        run: () =>
          withTlsTarget(async port =>
            openingCost(
              await rtbenchWorker(
                'ws',
                {
                  url: `wss://127.0.0.1:${port}/`,
                  connections: CONNECTIONS,
                  pattern: 'idle',
                  timeout: '60s',
                  insecure: true,
                },
                'msgs_received',
              ),
              CONNECTIONS,
            ),
          ),
      },
    },
    goals: [{ figure: 'bytes', against: null, most: 42 * KIB }],
    limit: 'what OpenSSL and node:tls keep of each session',
  },
]

export default rows

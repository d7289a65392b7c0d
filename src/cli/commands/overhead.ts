import { defineCommand } from '../command.ts'

export default defineCommand({
  group: 'Test an endpoint',
  summary: 'bytes per message by layer: WebSocket, SSE, long and plain polling',
  description: `Sends the same messages over each transport, one after the other, and counts what they cost: payload, framing, chunks, HTTP
headers, and modelled TLS and TCP/IP. Without a URL it starts an endpoint of its own that speaks all four.`,
  arguments: [{ term: '[url...]', help: 'addresses to compare: ws://, wss://, http:// or https://' }],
  async options() {
    const { OVERHEAD_GROUPS } = await import('../../config/overhead-config.ts')
    const { output } = await import('../../config/options/output.ts')
    return [...OVERHEAD_GROUPS, output]
  },
  examples: [
    ['rtbench overhead', 'ten messages of 100 bytes per second over all four transports'],
    ['rtbench overhead -r 50 --batch 5 --size 1KiB', 'larger messages that come in groups of five'],
    [
      'rtbench overhead ws://127.0.0.1:8080/tick/ws http://127.0.0.1:8080/tick/events',
      'two endpoints that emit by themselves; with --publish, messages of yours',
    ],
    ["rtbench overhead --threshold 'overhead_app{transport:ws}: value<=4'", 'a gate for CI'],
  ],
  notes: `Bytes of the application layers are counted on the connection, exact to the
byte. TLS (22 bytes per record, TLS 1.3) and TCP/IP (52 bytes per segment and
per acknowledgement) are modelled from the reads and writes that were seen.
What opening the connection costs is told apart from what each message costs.`,
  async prepare({ args, given, readText }) {
    const { resolveOverhead } = await import('../../config/overhead-config.ts')
    const config = resolveOverhead(args, given, readText)
    return async context => {
      const { overhead } = await import('../../index.ts')
      return overhead(config, context)
    }
  },
})

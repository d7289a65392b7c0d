import { defineCommand } from '../command.ts'

export default defineCommand({
  group: 'Test an endpoint',
  summary: 'cut everyone off, let them back in, measure the herd',
  description: `Opens connections, cuts them off with a fault, keeps the service down for a while, lets it back, and follows every client
until all are back or the horizon ends. Without a URL it starts an endpoint of its own.`,
  arguments: [{ term: '[url]', help: 'ws://, wss://, http:// or https:// address of the endpoint' }],
  async options() {
    const { OUTAGE_GROUPS } = await import('../../config/outage-config.ts')
    const { output } = await import('../../config/options/output.ts')
    return [...OUTAGE_GROUPS, output]
  },
  examples: [
    ['rtbench outage', 'a hundred WebSocket clients, ten seconds of refused connections, full jitter'],
    [
      'rtbench outage --policy socketio --policy rfc6455 -c 500 --capacity 200/s',
      'two policies side by side against a server that admits 200 per second',
    ],
    ['rtbench outage --predict -c 10k --policy phoenix --capacity 500/s', 'the same by simulation alone'],
    [
      'rtbench outage -t sse --policy eventsource-chromium --fault http-503',
      'a proxy that answers 503 ends every EventSource for good',
    ],
    [
      "rtbench outage ws://127.0.0.1:8080/ --down-cmd 'systemctl stop app' --up-cmd 'systemctl start app'",
      'a real restart',
    ],
  ],
  notes: `rtbench list policies and rtbench list faults show what there is, rtbench
explain ID what one does. A policy takes settings and overlays:
exponential:base=500ms,cap=10s+stable. Clients connect through a gate of
rtbench before the target, which plays the fault and the capacity.

With --publish messages run before, during and after: lost, duplicated and
reordered ones are counted for every client by their numbers, and a client is
back with its first message. Without, it is back when it is connected.`,
  async prepare({ args, given, readText }) {
    const { resolveOutage } = await import('../../config/outage-config.ts')
    const config = resolveOutage(args[0], given, readText)
    const { checkOutage } = await import('../../engine/outage/units.ts')
    await checkOutage(config)
    return async context => {
      const { outage } = await import('../../index.ts')
      return outage(config, context)
    }
  },
})

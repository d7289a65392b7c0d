import { defineCommand } from '../command.ts'

export default defineCommand({
  group: 'Test an endpoint',
  summary: 'open connections, send or receive messages, report latency and loss',
  description: `Opens connections to an endpoint, sends or receives messages on them, and reports set-up times, latency, loss, order and
bytes. Without a URL it starts an endpoint of its own.`,
  arguments: [{ term: '[url]', help: 'ws://, wss://, http:// or https:// address of the endpoint' }],
  async options() {
    const { LOAD_GROUPS } = await import('../../config/load-options.ts')
    const { output } = await import('../../config/options/output.ts')
    return [...LOAD_GROUPS, output]
  },
  examples: [
    ['rtbench load', 'five seconds of WebSocket echo on 100 connections to its own endpoint'],
    ['rtbench load -t sse', 'the same endpoint as an event stream: publish, and time the delivery'],
    ['rtbench load ws://127.0.0.1:8080/echo -c 1000 -d 30s -r 2', 'two messages per second on each connection'],
    ['rtbench load ws://127.0.0.1:8080/echo --in-flight 8', 'as fast as the answers come'],
    [
      'rtbench load http://127.0.0.1:8080/events --publish http://127.0.0.1:8080/publish -R 50',
      'post 50 messages per second and time each on every subscriber',
    ],
    [
      "rtbench load ws://127.0.0.1:8080/echo --threshold 'msg_rtt: p(99)<50ms' -o result.json",
      'a gate for CI: exit 1 when it does not hold',
    ],
  ],
  notes: `Pattern, when -p is not given: echo on WebSocket; publish with --publish or
without a URL; else listen. Messages are sent on a schedule, whatever the
answers do, and latency counts from the scheduled time: a server that stalls
cannot hide it. --in-flight is the closed loop.

Thresholds: METRIC[{tag:value}]: AGGREGATE OPERATOR LIMIT [abort [after TIME]]
  aggregates  p(99) or p99, avg, min, med, max, count, rate, value
  limits      50ms, 1%, 64KiB, 500/s, 10k; a bare number is ms, a share, a count
  abort       ends the run once it does not hold, at the earliest after TIME
rtbench list metrics shows what can be named.`,
  async prepare({ args, given, readText }) {
    const { resolveLoad } = await import('../../config/load-config.ts')
    const config = resolveLoad(args[0], given, readText)
    const { checkReconnect } = await import('../reconnect-policy.ts')
    await checkReconnect(config.reconnect)
    return async context => {
      const { runLoad } = await import('../../engine/load.ts')
      return runLoad(config, context)
    }
  },
})

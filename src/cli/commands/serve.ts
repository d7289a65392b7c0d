import { defineCommand } from '../command.ts'
import { EXIT } from '../exit-code.ts'

export default defineCommand({
  group: 'Around it',
  summary: 'the reference endpoint: WebSocket, event stream, long poll, publish',
  description: `Serves the endpoint that commands without a URL start for themselves: WebSocket echo and push, Server-Sent Events with ids
and resume, long polling, publishing by POST, streams that tick by themselves. SIGINT or SIGTERM closes it in order.`,
  arguments: [],
  options: async () => [(await import('../../config/options/serve.ts')).serve],
  examples: [
    ['rtbench serve', 'http://127.0.0.1:8080/ lists the paths'],
    ['rtbench serve --host 0.0.0.0 --port 8443 --tls', 'for other machines, over TLS'],
    ['curl -d hello http://127.0.0.1:8080/publish', 'one message to every subscriber'],
  ],
  async run({ given, world }) {
    const { serve } = await import('../../config/options/serve.ts')
    const { readOptions } = await import('../../config/read-options.ts')
    const values = readOptions(serve, given)
    const { resolveServeTls } = await import('../../config/serve-config.ts')
    const { textReader } = await import('../read-text.ts')
    const tls = resolveServeTls(values, textReader(world))
    const { startServer } = await import('../serve-endpoint.ts')
    const endpoint = await startServer({
      host: values.host,
      port: values.port ?? 8080,
      tls,
      deflate: values.deflate,
      tickMs: values.tick,
      heartbeatMs: values.heartbeat,
      holdMs: values.hold,
      retryMs: values.retry,
      historySize: values.history,
      allowedOrigins: values.allowOrigin,
      echoDelayMs: values.echoDelay,
      maxMessageBytes: values.maxMessage,
      log: line => world.err(`${line}\n`),
    })
    if (!values.quiet) {
      const { addressList } = await import('../serve-endpoint.ts')
      await world.out(addressList(endpoint, values.host))
    }
    await new Promise<void>(stopped => {
      const release = world.onSignal(signal => {
        release()
        world.onSignal(() => world.exitNow(EXIT[signal]))
        stopped()
      })
    })
    await endpoint.close()
    return EXIT.held
  },
})

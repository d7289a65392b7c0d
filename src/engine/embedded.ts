import type { ProxyConfig } from '../config/proxy-config.ts'
import type { LoadConfig, Transport } from '../config/run-config.ts'
import { spawnEndpoint } from '../endpoint/spawn.ts'

/** A configuration with an address, and what ends the endpoint that was started for it. */
export interface WithEndpoint<Config = LoadConfig> {
  config: Config
  stop(): Promise<void>
}

const PUSH_PATHS: Record<Transport, string> = { ws: '/ws', sse: '/events', poll: '/messages' }
const TICK_PATHS: Record<Transport, string> = { ws: '/tick/ws', sse: '/tick/events', poll: '/tick/messages' }

/** Without a URL the embedded endpoint is started for the run, in a process of its own. */
export async function embedded(config: LoadConfig): Promise<WithEndpoint> {
  if (config.target.url !== null) return { config, stop: async () => {} }
  const endpoint = await spawnEndpoint({ deflate: config.deflate })
  const transport = config.target.transport === 'auto' ? 'ws' : config.target.transport
  const paths = config.pattern === 'listen' ? TICK_PATHS : PUSH_PATHS
  const path =
    transport === 'ws' && (config.pattern === 'echo' || config.pattern === 'idle') ? '/echo' : paths[transport]
  const url = endpoint.url(path, transport === 'ws' ? 'ws' : 'http')
  const publish = config.publish ?? {
    url: endpoint.url('/publish'),
    method: 'POST' as const,
    headers: [],
    body: '{{message}}',
  }
  return {
    config: {
      ...config,
      target: { ...config.target, url, embedded: true, transport },
      publish: config.pattern === 'publish' ? publish : null,
    },
    stop: () => endpoint.stop(),
  }
}

/** The same for a look at what is between: a stream that emits by itself. */
export async function embeddedStream(config: ProxyConfig): Promise<WithEndpoint<ProxyConfig>> {
  if (config.target.url !== null) return { config, stop: async () => {} }
  const endpoint = await spawnEndpoint()
  const target = { ...config.target, url: endpoint.url(TICK_PATHS.sse), embedded: true as const }
  return { config: { ...config, target }, stop: () => endpoint.stop() }
}

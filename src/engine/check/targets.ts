import { spawnEndpoint } from '../../endpoint/spawn.ts'
import type { CheckConfig, PublishConfig, Transport } from '../../config/run-config.ts'
import type { Failure } from '../../wire/failure.ts'
import { detectTransport } from '../detect.ts'
import { type CheckTarget, checkTarget } from './target.ts'

/** Everything one run checks, with the way to make it emit. */
export interface CheckTargets {
  targets: { target: CheckTarget; publish: PublishConfig | null }[]
  stop(): Promise<void>
}

const EMBEDDED_PATHS: Record<Transport, string> = { ws: '/echo', sse: '/events', poll: '/messages' }

/** The URL with its transport; without a URL the embedded endpoint, started for the run, on each transport. */
export async function findTargets(config: CheckConfig): Promise<CheckTargets | { failure: Failure }> {
  const { url, transport } = config.target
  if (url === null) return embeddedTargets(config)
  if (transport !== 'auto') return one(config, transport, url)
  const found = await detectTransport(config.target, url)
  return 'failure' in found ? found : one(config, found.transport, found.url)
}

function one(config: CheckConfig, transport: Transport, url: string): CheckTargets {
  return { targets: [{ target: checkTarget(config, transport, url), publish: config.publish }], stop: async () => {} }
}

async function embeddedTargets(config: CheckConfig): Promise<CheckTargets> {
  const endpoint = await spawnEndpoint({ deflate: true })
  const { transport } = config.target
  const transports: Transport[] = transport === 'auto' ? ['ws', 'sse', 'poll'] : [transport]
  const publish: PublishConfig = { url: endpoint.url('/publish'), method: 'POST', headers: [], body: '{{message}}' }
  return {
    targets: transports.map(transport => ({
      target: checkTarget(
        config,
        transport,
        endpoint.url(EMBEDDED_PATHS[transport], transport === 'ws' ? 'ws' : 'http'),
      ),
      // What is published reaches its subscribers, not the echo.
      publish: transport === 'ws' ? null : publish,
    })),
    stop: () => endpoint.stop(),
  }
}

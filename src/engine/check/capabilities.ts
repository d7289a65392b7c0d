import type { CheckConfig } from '../../config/run-config.ts'
import type { Capabilities } from '../../wire/capability.ts'
import { CannotTell } from '../../wire/cannot-tell.ts'
import { createHttpServer } from '../../wire/http-server.ts'
import type { Surroundings } from '../../wire/server-under-test.ts'
import { createWebSocketServer } from '../../wire/websocket-server.ts'
import { eventStreamCapabilities } from './event-stream-capabilities.ts'
import { longPollCapabilities } from './long-poll-capabilities.ts'
import type { Publisher } from './publisher.ts'
import type { CheckTarget } from './target.ts'
import { websocketCapabilities } from './websocket-capabilities.ts'

/** What is known before anything is asked of the endpoint. */
export function givenCapabilities(
  config: CheckConfig,
  target: CheckTarget,
  publisher: Publisher,
  publishes: boolean,
): Capabilities {
  return {
    absent: {
      ...(!publishes && { publish: 'no --publish URL is given' }),
      ...(!target.defaults.secure && { tls: 'the URL is not wss:// or https://' }),
      ...(!hasCredentials(target) && { credentials: 'no --user, --cookie or Authorization header is given' }),
      ...(config.originAllowed === null && { 'allowed-origin': 'no --origin-allowed is given' }),
    },
    greetings: 0,
    subprotocols: config.target.subprotocols,
    allowedOrigin: config.originAllowed,
    cursor: config.cursor,
    publish: publisher.publish,
  }
}

/** Finds out the rest. What breaks on the way counts as missing: the checks will tell why. */
export async function findCapabilities(
  config: CheckConfig,
  target: CheckTarget,
  around: Surroundings,
): Promise<Capabilities> {
  const { capabilities } = around
  if (target.transport === 'ws') {
    const server = createWebSocketServer(around)
    const asked = { echo: config.echo, subprotocols: config.target.subprotocols }
    return attempt(capabilities, ['echo', 'push', 'subprotocol', 'deflate'], server, () =>
      websocketCapabilities(server, capabilities, asked),
    )
  }
  const server = createHttpServer(around, target.transport === 'sse' ? 'text/event-stream' : '*/*')
  const find = target.transport === 'sse' ? eventStreamCapabilities : longPollCapabilities
  return attempt(capabilities, ['push', 'ids', 'resume', 'hold', 'cursor'], server, () => find(server, capabilities))
}

async function attempt(
  given: Capabilities,
  names: readonly (keyof Capabilities['absent'])[],
  server: { dispose(): void },
  find: () => Promise<Capabilities>,
): Promise<Capabilities> {
  try {
    return await find()
  } catch (error) {
    if (!(error instanceof CannotTell)) throw error
    const why = `it could not be found out: ${error.message}`
    return { ...given, absent: { ...Object.fromEntries(names.map(name => [name, why])), ...given.absent } }
  } finally {
    server.dispose()
  }
}

const hasCredentials = ({ defaults }: CheckTarget) =>
  defaults.headers.some(([name]) => /^(authorization|cookie)$/i.test(name))

import type { CheckConfig, Transport } from '../../config/run-config.ts'
import type { Dial } from '../../wire/byte-pipe.ts'
import { routeOf } from '../../wire/route.ts'
import type { RequestDefaults } from '../../wire/server-under-test.ts'
import { dialSocket } from '../../wire/socket-pipe.ts'
import { type TlsAccess, tlsAccess } from '../../wire/tls-access.ts'

/** One URL to check on one transport. */
export interface CheckTarget {
  transport: Transport
  url: string
  dial: Dial
  tls: TlsAccess | null
  defaults: RequestDefaults
}

export function checkTarget(config: CheckConfig, transport: Transport, url: string): CheckTarget {
  const { target } = config
  const route = routeOf(target, url)!
  const hasAuthorization = target.headers.some(([name]) => name.toLowerCase() === 'authorization')
  const authorization =
    route.authorization === null || hasAuthorization ? [] : [['Authorization', route.authorization] as const]
  const address = {
    unixSocket: route.dial.unixSocket,
    host: route.dial.host,
    port: route.dial.port,
    localAddress: target.localAddresses[0] ?? null,
    timeoutMs: target.timeoutMs,
  }
  const tls = route.dial.tls?.options ?? null
  return {
    transport,
    url,
    dial: dialSocket({ ...address, tls }),
    tls: tls === null ? null : tlsAccess({ ...address, tls }),
    defaults: {
      secure: route.dial.tls !== null,
      host: route.host,
      target: route.requestTarget,
      headers: [...target.headers, ...authorization],
      subprotocols: target.subprotocols,
    },
  }
}

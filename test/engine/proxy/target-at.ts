import { resolveTarget } from '../../../src/config/target.ts'
import { probeTarget } from '../../../src/engine/proxy/client/probe-target.ts'

/** Where probes go that are made without a command line. */
export const targetAt = (port: number, tls = false) => {
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${port}/events`
  const values = { header: [], subprotocol: [], cookie: [], localAddress: [], insecure: tls }
  return probeTarget(
    resolveTarget(url, values as never, () => ''),
    url,
  )!
}

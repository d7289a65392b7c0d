import { isIPv6 } from 'node:net'

/** The address of a path of an endpoint, as a client on this machine reaches it. */
export function endpointUrl(
  options: { readonly host: string; readonly tls: unknown },
  port: number,
  path: string,
  scheme: 'http' | 'ws',
): string {
  const reachable = { '0.0.0.0': '127.0.0.1', '::': '::1' }[options.host] ?? options.host
  const host = isIPv6(reachable) ? `[${reachable}]` : reachable
  return `${scheme}${options.tls === undefined ? '' : 's'}://${host}:${port}${path}`
}

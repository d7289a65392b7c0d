import { UsageError } from '../config/errors.ts'
import { type Endpoint, startEndpoint } from '../endpoint/endpoint.ts'
import type { EndpointOptions } from '../endpoint/options.ts'
import { routes } from '../endpoint/routes.ts'

type Given = { [Key in keyof EndpointOptions]: EndpointOptions[Key] | undefined }

/** Starts the endpoint; what the user can change about a failure becomes a usage error. */
export async function startServer(given: Given): Promise<Endpoint> {
  try {
    const options = Object.entries(given).filter(([, value]) => value !== undefined)
    return await startEndpoint(Object.fromEntries(options) as EndpointOptions)
  } catch (error) {
    const reason = whyNotListening(error as NodeJS.ErrnoException, given)
    throw reason === null ? error : reason
  }
}

function whyNotListening({ code = '', message }: NodeJS.ErrnoException, { host, port }: Given): UsageError | null {
  if (code === 'EADDRINUSE')
    return new UsageError(`--port ${port} is in use: choose another, or 0 for a free one`, 'port')
  if (code === 'EACCES')
    return new UsageError(`--port ${port} is not allowed for this user: choose one above 1023`, 'port')
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new UsageError(`--host ${host} is not an address of this machine`, 'host')
  if (code.startsWith('ERR_OSSL') || code === 'ERR_CRYPTO_INVALID_STATE')
    return new UsageError(`--cert and --key are not a certificate and its key: ${message}`, 'cert')
  return null
}

/** The paths as whole addresses. */
export function addressList(endpoint: Endpoint, host = '127.0.0.1'): string {
  const address = (path: string, isWebSocket: boolean) => endpoint.url(path, isWebSocket ? 'ws' : 'http')
  const rows = Object.entries(routes).map(([path, { summary, open }]) => [address(path, open !== undefined), summary])
  const width = Math.max(...rows.map(([url]) => url!.length))
  const lines = rows.map(([url, summary]) => `  ${url!.padEnd(width)}  ${summary}`)
  return `rtbench serves on ${host}, port ${endpoint.port}; Ctrl-C stops it\n${lines.join('\n')}\n`
}

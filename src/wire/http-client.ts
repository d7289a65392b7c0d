import { Agent, type Dispatcher, request } from 'undici'
import type { TargetConfig } from '../config/run-config.ts'

/** HTTP that is not under measurement: publishing, detection. */
export interface HttpClient {
  send(call: {
    url: string
    method: 'GET' | 'POST' | 'PUT'
    headers: [string, string][]
    body: string | Buffer | null
    timeoutMs: number
  }): Promise<{ status: number; headers: Record<string, string>; body: Dispatcher.ResponseData['body'] }>
  close(): Promise<void>
}

/** A client with the run's TLS and routing options; `connections` bounds what it opens per origin. */
export function createHttpClient(target: TargetConfig, connections: number): HttpClient {
  const { tls, connectTo, unixSocket } = target
  const agent = new Agent({
    connections,
    pipelining: 1,
    connect: {
      rejectUnauthorized: !tls.insecure,
      ...(tls.cacert !== null && { ca: tls.cacert }),
      ...(tls.cert !== null && { cert: tls.cert }),
      ...(tls.key !== null && { key: tls.key }),
      ...(tls.minVersion !== null && { minVersion: tls.minVersion }),
      ...(tls.servername !== null && { servername: tls.servername }),
      ...(unixSocket !== null && { socketPath: unixSocket }),
    },
  })
  return {
    async send({ url, method, headers, body, timeoutMs }) {
      const address = new URL(url)
      const lines: Record<string, string | string[]> = {}
      for (const [name, value] of headers) lines[name] = value
      if (connectTo !== null) {
        lines.host ??= address.host
        address.hostname = connectTo.host.includes(':') ? `[${connectTo.host}]` : connectTo.host
        address.port = String(connectTo.port)
      }
      const answer = await request(address, {
        dispatcher: agent,
        method,
        headers: lines,
        body,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      })
      const flat: Record<string, string> = {}
      for (const [name, value] of Object.entries(answer.headers)) {
        if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value
      }
      return { status: answer.statusCode, headers: flat, body: answer.body }
    },
    close: () => agent.destroy(),
  }
}

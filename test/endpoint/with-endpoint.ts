import { once } from 'node:events'
import type { TestContext } from 'node:test'
import { WebSocket } from 'ws'
import { type Endpoint, startEndpoint } from '../../src/endpoint/endpoint.ts'
import type { EndpointOptions } from '../../src/endpoint/options.ts'

const clients = new WeakMap<TestContext, (() => void)[]>()

/** Clients leave before their endpoint closes, or each test would wait for its patience with them. */
export function beforeClose(t: TestContext, leave: () => void): void {
  clients.set(t, [...(clients.get(t) ?? []), leave])
}

/** An endpoint for one test, closed at its end. */
export async function withEndpoint(t: TestContext, options: EndpointOptions = {}): Promise<Endpoint> {
  const endpoint = await startEndpoint(options)
  t.after(async () => {
    for (const leave of clients.get(t) ?? []) leave()
    await endpoint.close()
  })
  return endpoint
}

/** An open WebSocket with a queue of what it received. */
export async function openWebSocket(t: TestContext, url: string, protocols: string[] = [], options = {}) {
  const socket = new WebSocket(url, protocols, options)
  beforeClose(t, () => socket.terminate())
  const received: { data: Buffer; binary: boolean }[] = []
  const waiting: ((message: { data: Buffer; binary: boolean }) => void)[] = []
  socket.on('message', (data: Buffer, binary) => {
    const take = waiting.shift()
    if (take === undefined) received.push({ data, binary })
    else take({ data, binary })
  })
  const next = () => {
    const message = received.shift()
    if (message !== undefined) return Promise.resolve(message)
    return new Promise<{ data: Buffer; binary: boolean }>(resolve => waiting.push(resolve))
  }
  await once(socket, 'open')
  return { socket, next }
}

export async function publish(
  endpoint: Endpoint,
  body: string | Buffer,
  query = '',
): Promise<{ id: number; subscribers: number }> {
  const response = await fetch(endpoint.url(`/publish${query}`), { method: 'POST', body })
  if (response.status !== 200) throw new Error(`publish: ${response.status} ${await response.text()}`)
  return (await response.json()) as { id: number; subscribers: number }
}

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { WebSocket } from 'ws'
import { type Endpoint, startEndpoint } from '../../src/endpoint/endpoint.ts'
import type { EndpointOptions } from '../../src/endpoint/options.ts'

/** An endpoint for one test, closed at its end. */
export async function withEndpoint(t: TestContext, options: EndpointOptions = {}): Promise<Endpoint> {
  const endpoint = await startEndpoint(options)
  t.after(() => endpoint.close())
  return endpoint
}

/** An open WebSocket with a queue of what it received. */
export async function openWebSocket(t: TestContext, url: string, protocols: string[] = [], options = {}) {
  const socket = new WebSocket(url, protocols, options)
  t.after(() => socket.terminate())
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

export async function publish(endpoint: Endpoint, body: string | Buffer, query = ''): Promise<{ id: number }> {
  const response = await fetch(endpoint.url(`/publish${query}`), { method: 'POST', body })
  if (response.status !== 200) throw new Error(`publish: ${response.status} ${await response.text()}`)
  return (await response.json()) as { id: number }
}

/** A raw TCP connection that collects what comes back. */
export async function rawConnection(t: TestContext, port: number) {
  const socket: Socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  t.after(() => socket.destroy())
  let received = Buffer.alloc(0)
  let ended = false
  socket.on('data', chunk => {
    received = Buffer.concat([received, chunk])
  })
  socket.on('error', () => {})
  socket.on('end', () => {
    ended = true
  })
  await once(socket, 'connect')
  return {
    socket,
    bytes: () => received,
    text: () => received.toString('latin1'),
    ended: () => ended,
    /** Until the other side has closed or reset. */
    async untilEnd() {
      if (!ended && !socket.destroyed) await Promise.race([once(socket, 'end'), once(socket, 'close')])
      return received.toString('latin1')
    },
    async until(holds: (text: string) => boolean) {
      while (!holds(received.toString('latin1'))) {
        if (ended || socket.destroyed) throw new Error(`ended after ${JSON.stringify(received.toString('latin1'))}`)
        await Promise.race([once(socket, 'data'), once(socket, 'end'), once(socket, 'close')])
      }
      return received.toString('latin1')
    },
  }
}

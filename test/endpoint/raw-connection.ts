import { once } from 'node:events'
import { connect } from 'node:net'
import type { TestContext } from 'node:test'
import type { Endpoint } from '../../src/endpoint/endpoint.ts'

import { beforeClose } from './with-endpoint.ts'

/** A raw TCP connection that collects what comes back; it ends when the server does. */
export async function rawConnection(t: TestContext, port: number) {
  const socket = connect({ port, host: '127.0.0.1' })
  beforeClose(t, () => socket.destroy())
  let received = Buffer.alloc(0)
  const peer = { ended: false }
  let wake = () => {}
  socket.on('data', chunk => {
    received = Buffer.concat([received, chunk])
    wake()
  })
  // A reset is an end as well: what matters is what arrived before it.
  socket.on('error', () => {})
  for (const event of ['end', 'close']) {
    socket.on(event, () => {
      peer.ended = true
      wake()
    })
  }
  await once(socket, 'connect')
  const change = () =>
    new Promise<void>(resolve => {
      wake = resolve
    })
  return {
    socket,
    bytes: () => received,
    /** Until the server has closed. */
    async untilEnd() {
      while (!peer.ended) await change()
      return received.toString('latin1')
    },
    async until(holds: (text: string) => boolean) {
      while (!holds(received.toString('latin1'))) {
        if (peer.ended) throw new Error(`ended after ${JSON.stringify(received.toString('latin1'))}`)
        await change()
      }
      return received.toString('latin1')
    },
  }
}

/** A handshake head; a header set to undefined is left out, a list becomes several lines. */
export function handshake(changes: Record<string, string | string[] | undefined> = {}, line = 'GET /echo HTTP/1.1') {
  const headers: Record<string, string | string[] | undefined> = {
    Host: 'localhost',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '13',
    ...changes,
  }
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map(item => `${name}: ${item}\r\n`),
  )
  return `${line}\r\n${lines.join('')}\r\n`
}

/** A raw connection on which the WebSocket handshake is done. */
export async function rawWebSocket(t: TestContext, endpoint: Endpoint, extensions?: string, path = '/echo') {
  const connection = await rawConnection(t, endpoint.port)
  connection.socket.write(handshake({ 'Sec-WebSocket-Extensions': extensions }, `GET ${path} HTTP/1.1`))
  const head = await connection.until(text => text.includes('\r\n\r\n'))
  const skip = head.indexOf('\r\n\r\n') + 4
  return {
    ...connection,
    head: head.slice(0, skip),
    send: (hex: string) => connection.socket.write(Buffer.from(hex.replaceAll(' ', ''), 'hex')),
    /** Everything after the head, as hex. */
    frames: () => connection.bytes().subarray(skip).toString('hex'),
    async untilFrames(hex: string) {
      await connection.until(() => connection.bytes().length - skip >= hex.length / 2)
      return connection.bytes().subarray(skip).toString('hex')
    },
    /** Everything until the server has closed. */
    async lastFrames() {
      await connection.untilEnd()
      return connection.bytes().subarray(skip).toString('hex')
    },
  }
}

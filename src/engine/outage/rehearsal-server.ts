// Whom the workers rehearse with: a server that turns every other client away, and soon throws out whom it let in.
import type { Socket } from 'node:net'
import { acceptKey } from '../../protocol/websocket/handshake-request.ts'
import { openDoor } from '../../wire/gate-door.ts'

export interface RehearsalServer {
  readonly place: { host: string; port: number }
  /** Nobody listens there. */
  readonly closedPort: number
  stop(): void
}

const LOOPBACK = '127.0.0.1'
const UP_MS = 5
/** A text message of one octet (RFC 6455 §5.2). */
const MESSAGE = Buffer.from([0x81, 1, 0x78])

export async function openRehearsalServer(): Promise<RehearsalServer> {
  let visitors = 0
  const open = await openDoor(LOOPBACK, socket => {
    visitors += 1
    socket.on('error', () => {})
    socket.once('data', visitors % 2 === 0 ? letIn : () => socket.resetAndDestroy())
    socket.resume()
  })
  const closed = await openDoor(LOOPBACK, socket => socket.destroy())
  closed.shut()
  return { place: { host: LOOPBACK, port: open.port }, closedPort: closed.port, stop: () => open.shut() }
}

/** Answers a request as far as a client takes for being connected; a long poll is held. */
function letIn(this: Socket, request: Buffer): void {
  const head = request.toString('latin1')
  const key = /^sec-websocket-key: *(\S+)/im.exec(head)?.[1]
  if (key !== undefined) {
    const fields = `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKey(key)}`
    this.write(`HTTP/1.1 101 Switching Protocols\r\n${fields}\r\n\r\n`)
    this.write(MESSAGE)
  } else if (/^accept: *text\/event-stream/im.test(head))
    this.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: x\n\n')
  setTimeout(() => this.resetAndDestroy(), UP_MS)
}

import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

/** One accepted connection of a scripted server; text is latin1. */
export interface ScriptedConnection {
  socket: Socket
  number: number
  /** Everything received so far and not taken. */
  received(): string
  /** Takes everything up to and including this text; rejects when the client has gone. */
  take(until: string): Promise<string>
  /** Takes exactly so many bytes. */
  bytes(count: number): Promise<Buffer>
  write(text: string | Buffer): void
  gone: Promise<void>
}

export interface ScriptedServer {
  port: number
  host: string
  /** How many connections it has accepted. */
  readonly accepted: number
}

/** A TCP server that does to each connection what the script says. */
export async function scripted(
  t: TestContext,
  script: (connection: ScriptedConnection) => Promise<unknown> | void,
): Promise<ScriptedServer> {
  let accepted = 0
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, socket => {
    sockets.add(socket)
    const connection = follow(socket, accepted)
    accepted += 1
    // What the client ends, ends the script: it has nobody to talk to any more.
    Promise.resolve(script(connection)).catch(() => socket.destroy())
  })
  t.after(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    host: `127.0.0.1:${port}`,
    get accepted() {
      return accepted
    },
  }
}

function follow(socket: Socket, number: number): ScriptedConnection {
  let text = ''
  let over = false
  let wake = () => {}
  socket.on('error', () => {})
  socket.on('data', chunk => {
    text += chunk.toString('latin1')
    wake()
  })
  const gone = new Promise<void>(resolve => {
    for (const event of ['end', 'close']) {
      socket.on(event, () => {
        over = true
        wake()
        resolve()
      })
    }
  })
  const length = async (find: () => number): Promise<number> => {
    for (;;) {
      const found = find()
      if (found >= 0) return found
      if (over) throw new Error('the client has gone')
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }
  const cut = (count: number) => {
    const taken = text.slice(0, count)
    text = text.slice(count)
    return taken
  }
  return {
    socket,
    number,
    gone,
    received: () => text,
    take: async until => cut((await length(() => text.indexOf(until))) + until.length),
    bytes: async count => Buffer.from(cut(await length(() => (text.length >= count ? count : -1))), 'latin1'),
    write: data => void socket.write(typeof data === 'string' ? Buffer.from(data, 'latin1') : data),
  }
}

/** An HTTP answer with its Content-Length. */
export function answer(status: string, body = '', ...fields: string[]): string {
  return [`HTTP/1.1 ${status}`, `Content-Length: ${body.length}`, ...fields, '', body].join('\r\n')
}

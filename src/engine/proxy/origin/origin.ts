// The origin behind the user's proxy. It answers only what the run has announced to it under a secret name, so that
// nobody else on its network can make it do anything.
import { createServer, type Server, type Socket } from 'node:net'
import { UsageError } from '../../../config/errors.ts'
import { BodyReader, type BodySink } from '../../../protocol/http1/body.ts'
import { requestBodyFraming } from '../../../protocol/http1/body-framing.ts'
import type { RequestHead } from '../../../protocol/http1/head.ts'
import { requestHeadReader } from '../../../protocol/http1/head-reader.ts'
import { encodeVerbatimHead } from '../../../protocol/http1/request.ts'
import { createExchange, type ExchangeControl, type OriginExchange } from './exchange.ts'

export type OriginHandler = (exchange: OriginExchange) => void

export interface Origin {
  readonly port: number
  /** Requests of anybody else, such as health checks. */
  readonly strangers: number
  /** `name` is in the request's query as `rtbench=NAME`, or in the header X-Rtbench. */
  announce(name: string, handler: OriginHandler): void
  withdraw(name: string): void
  close(): Promise<void>
}

const MAX_BODY_BYTES = 64 * 1024
const MAX_CONNECTIONS = 4096
const NOT_FOUND = encodeVerbatimHead(['HTTP/1.1 404 Not Found', 'Content-Length: 0'])
const BAD_REQUEST = encodeVerbatimHead(['HTTP/1.1 400 Bad Request', 'Content-Length: 0', 'Connection: close'])

export async function openOrigin(address: { host: string; port: number }): Promise<Origin> {
  const handlers = new Map<string, OriginHandler>()
  const sockets = new Set<Socket>()
  let strangers = 0
  const server = createServer({ allowHalfOpen: true, noDelay: true }, socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serve(socket, head => {
      const handler = handlers.get(nameOf(head) ?? '')
      if (handler === undefined) strangers += 1
      return handler
    })
  })
  server.maxConnections = MAX_CONNECTIONS
  const port = await listen(server, address)
  return {
    port,
    get strangers() {
      return strangers
    },
    announce: (name, handler) => void handlers.set(name, handler),
    withdraw: name => void handlers.delete(name),
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

function nameOf(head: RequestHead): string | undefined {
  const inQuery = /[?&]rtbench=([\w.-]{1,120})/.exec(head.target)?.[1]
  return inQuery ?? head.headers.find(([name]) => name.toLowerCase() === 'x-rtbench')?.[1]
}

const WHY_NOT: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use: stop what listens there, or let the proxy lead to another port',
  EADDRNOTAVAIL: 'is no address of this machine: --origin is where rtbench listens',
  EACCES: 'may not be listened on: ports below 1024 need privileges',
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new UsageError(
          `--origin ${host}:${port} ${WHY_NOT[error.code ?? ''] ?? `cannot be listened on: ${error.message}`}`,
          'origin',
        ),
      ),
    )
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function serve(socket: Socket, handlerFor: (head: RequestHead) => OriginHandler | undefined): void {
  const heads = requestHeadReader({ keepLines: true })
  const body = new BodyReader()
  let exchange: ExchangeControl | null = null
  let head: RequestHead | null = null
  let pieces: Buffer[] = []
  let kept = 0
  const sink: BodySink<null> = {
    bodyData(_, buffer, start, end) {
      kept += end - start
      if (kept <= MAX_BODY_BYTES) pieces.push(Buffer.from(buffer.subarray(start, end)))
    },
    bodyEnd() {
      const asked = head!
      const handler = handlerFor(asked)
      exchange = createExchange(socket, asked, Buffer.concat(pieces), () => {
        exchange = null
      })
      head = null
      pieces = []
      kept = 0
      if (handler !== undefined) handler(exchange)
      else {
        socket.write(NOT_FOUND)
        exchange = null
      }
    },
  }

  function take(bytes: Buffer, from: number): void {
    let at = from
    while (at < bytes.length && !socket.destroyed) {
      if (exchange !== null) {
        exchange.received(bytes.subarray(at))
        return
      }
      if (head === null) {
        const result = heads.push(bytes, at, bytes.length)
        if (result.kind === 'more') return
        if (result.kind === 'malformed') {
          socket.end(BAD_REQUEST)
          return
        }
        head = result.head
        at = result.end
        body.start(requestBodyFraming(head))
      }
      at = body.push(bytes, at, bytes.length, sink, null)
    }
    // A request without a body is whole with its head.
    if (head !== null && exchange === null) body.push(bytes, bytes.length, bytes.length, sink, null)
  }

  socket.on('data', bytes => take(bytes, 0))
  socket.on('end', () => {
    if (exchange === null) socket.end()
    else exchange.over('fin')
  })
  socket.on('error', () => exchange?.over('reset'))
  socket.on('close', () => exchange?.over('reset'))
}

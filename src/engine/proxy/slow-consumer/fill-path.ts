import { setTimeout as sleep } from 'node:timers/promises'
import type { SocketPipe } from '../../../wire/socket-pipe.ts'
import { now } from '../../../world/clock.ts'
import { ask } from '../client/http-exchange.ts'
import { numberedEvent, streamHead } from '../origin/event-emitter.ts'
import type { OriginExchange } from '../origin/exchange.ts'
import type { ProxyRoom } from '../part.ts'
import { probeName } from '../probe-name.ts'
import { kernelSockets } from './kernel-queues.ts'
import { spoolBytesOfOwner } from './spool-files.ts'

/** What fitted between the origin and a client that stopped reading, and where it was. */
export interface FilledPath {
  /** Taken from the origin and not read by the client. */
  backlogBytes: number
  originKernelBytes: number
  clientKernelBytes: number
  /** Queues of the hop itself, where it runs on this machine. */
  hopKernelBytes: number
  hopDiskBytes: number | null
  /** What is in none of these: the hop's memory, or its disk where that cannot be seen. */
  hopBytes: number
  how: 'blocked' | 'absorbed' | 'closed'
  /** What the client got of the backlog when it read on. */
  deliveredBytes: number
  /** Of the response head, from which the hop may be named. */
  headers: [string, string][]
}

/** More than any socket buffer; a path that takes this much takes anything. */
export const CAP_BYTES = 64 * 1024 * 1024
const STALL_MS = 1500
const LIMIT_MS = 12_000
const EVENT_BYTES = 16_384
const DRAIN_MS = 15_000

export async function fillPath({ target, origin }: ProxyRoom): Promise<FilledPath | string> {
  const name = probeName()
  let at: OriginExchange | null = null
  let wrap: (body: Buffer) => Buffer = body => body
  let last: Buffer = Buffer.alloc(0)
  origin!.announce(name, exchange => {
    at = exchange
    const head = streamHead(exchange, [['Cache-Control', 'no-cache']])
    wrap = head.wrap
    last = head.last
    exchange.write(Buffer.concat([head.bytes, wrap(numberedEvent(0, 64))]))
  })
  const opened = await ask(target, {
    path: target.pathFor(name),
    headers: [
      ['Accept', 'text/event-stream'],
      ['Accept-Encoding', 'identity'],
    ],
  })
  if (!opened.ok) return opened.reason
  const client = opened.value
  try {
    // A path that holds the head back is filled all the same.
    await client.headArrived(1000)
    const exchange = at as OriginExchange | null
    if (exchange === null) return 'the request did not reach the origin'
    client.pipe.pause()
    await sleep(50)
    const readBefore = client.bodyBytes
    const before = exchange.sentBytes
    const event = wrap(numberedEvent(1, EVENT_BYTES))
    let payload = 0
    const taken = () => exchange.sentBytes - exchange.waitingBytes
    let progressMs = now()
    let most = taken()
    const limitMs = now() + LIMIT_MS
    while (now() < limitMs && exchange.end === null && payload < CAP_BYTES && now() - progressMs < STALL_MS) {
      if (exchange.waitingBytes < EVENT_BYTES) {
        exchange.write(event)
        payload += event.length
      }
      if (taken() > most) {
        most = taken()
        progressMs = now()
      }
      if (exchange.waitingBytes > 0) await sleep(2)
      else if (payload % (64 * event.length) === 0) await sleep(0)
    }
    const isClosed = exchange.end !== null
    const how = isClosed ? 'closed' : now() - progressMs >= STALL_MS ? 'blocked' : 'absorbed'
    const backlogBytes = taken() - before
    const places = placesOf(exchange, client.pipe, backlogBytes)
    client.pipe.resume()
    if (!isClosed) {
      exchange.write(last)
      exchange.finish()
    }
    await client.finished(DRAIN_MS)
    const deliveredBytes = client.bodyBytes - readBefore
    return { backlogBytes, ...places, how, deliveredBytes, headers: client.head?.headers ?? [] }
  } finally {
    client.pipe.destroy()
    origin!.withdraw(name)
  }
}

type Places = Pick<
  FilledPath,
  'originKernelBytes' | 'clientKernelBytes' | 'hopKernelBytes' | 'hopDiskBytes' | 'hopBytes'
>

function placesOf(exchange: OriginExchange, { localPort, remotePort }: SocketPipe, backlogBytes: number): Places {
  const sockets = kernelSockets()
  const find = (from: number, to: number) =>
    sockets.find(socket => socket.localPort === from && socket.remotePort === to)
  const client = find(localPort, remotePort)
  const atOrigin = find(exchange.localPort, exchange.remotePort)
  const isDirect = localPort === exchange.remotePort
  const towardsClient = isDirect ? undefined : find(remotePort, localPort)
  const towardsOrigin = isDirect ? undefined : find(exchange.remotePort, exchange.localPort)
  const originKernelBytes = atOrigin?.sendBytes ?? 0
  const clientKernelBytes = client?.receiveBytes ?? 0
  const hopKernelBytes = (towardsClient?.sendBytes ?? 0) + (towardsOrigin?.receiveBytes ?? 0)
  const rest = Math.max(0, backlogBytes - originKernelBytes - clientKernelBytes - hopKernelBytes)
  const inode = towardsClient?.inode
  const spooled = inode === undefined ? null : spoolBytesOfOwner(inode)
  const hopDiskBytes = spooled === null ? null : Math.min(spooled, rest)
  return { originKernelBytes, clientKernelBytes, hopKernelBytes, hopDiskBytes, hopBytes: rest - (hopDiskBytes ?? 0) }
}

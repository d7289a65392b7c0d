import { setTimeout as sleep } from 'node:timers/promises'
import { header } from '../../../protocol/http1/head.ts'
import { encodeClosePayload, parseClosePayload } from '../../../protocol/websocket/close-code.ts'
import { encodeFrame } from '../../../protocol/websocket/frame.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { openWebSocket } from '../client/websocket-exchange.ts'
import type { OriginExchange } from '../origin/exchange.ts'
import { acceptWebSocket, type OriginWebSocket } from '../origin/websocket.ts'
import type { ProxyRoom } from '../part.ts'
import { probeName } from '../probe-name.ts'

/** What became of one WebSocket on its way, both ends compared. */
export interface TunnelFacts {
  /** How the request came to the origin; null: it did not. */
  atOrigin: { version: string; upgrade: string | undefined; headers: [string, string][] } | null
  status: number | null
  sentHeaders: [string, string][]
  responseHeaders: [string, string][]
  firstFrame: boolean
  /** The origin never answers pings: a pong is the proxy's. */
  pongByProxy: boolean
  pingArrived: boolean
  fragments: number[]
  clientFrameBytes: number[]
  closeCode: number | null
  closeReason: string
}

const WAIT_MS = 1500
export const FRAGMENTS = [10, 20, 30]
export const CLIENT_FRAME_BYTES = 100_000
export const CLOSE_CODE = 4001
export const CLOSE_REASON = 'rtbench'

/** One WebSocket that does, in turn, everything a proxy may spoil. Null: no connection. */
export async function probeTunnel({ target, origin }: ProxyRoom): Promise<TunnelFacts | null> {
  const name = probeName()
  let seen: OriginExchange | null = null
  let socket: OriginWebSocket | null = null
  origin!.announce(name, exchange => {
    seen = exchange
    socket = acceptWebSocket(exchange, encodeFrame({ opcode: OPCODE.text, mask: null, payload: Buffer.from('first') }))
  })
  const sentHeaders: [string, string][] = [
    ['Origin', target.webOrigin],
    ['Cookie', 'rtbench=1'],
    ['Sec-WebSocket-Extensions', 'permessage-deflate'],
    ['X-Rtbench-Mark', 'kept'],
  ]
  try {
    const opened = await openWebSocket(
      { ...target, subprotocols: target.subprotocols.length > 0 ? target.subprotocols : ['rtbench', 'rtbench.second'] },
      name,
      sentHeaders,
    )
    if (!opened.ok) return null
    const client = opened.value
    await client.http.headArrived(WAIT_MS + target.timeoutMs)
    const facts: TunnelFacts = { ...noFacts(sentHeaders), ...arrived(seen) }
    const { head } = client.http
    facts.status = head?.status ?? null
    facts.responseHeaders = head?.headers ?? []
    const at = socket as OriginWebSocket | null
    if (at === null || facts.status !== 101) {
      client.http.pipe.destroy()
      return facts
    }
    facts.firstFrame = (await client.awaitFrame(OPCODE.text, WAIT_MS)) !== null
    client.send(OPCODE.ping, Buffer.from('rtbench'))
    client.send(OPCODE.binary, Buffer.alloc(CLIENT_FRAME_BYTES, 7))
    for (const [index, bytes] of FRAGMENTS.entries()) {
      const opcode = index === 0 ? OPCODE.binary : OPCODE.continuation
      at.send(opcode, Buffer.alloc(bytes, index), index === FRAGMENTS.length - 1)
      await sleep(30)
    }
    facts.pongByProxy = (await client.awaitFrame(OPCODE.pong, 500)) !== null
    at.send(OPCODE.close, encodeClosePayload(CLOSE_CODE, CLOSE_REASON))
    const close = await client.awaitFrame(OPCODE.close, WAIT_MS)
    const payload = close === null ? null : parseClosePayload(close.payload)
    if (payload !== null && 'code' in payload) facts.closeCode = payload.code
    if (payload !== null && 'reason' in payload) facts.closeReason = payload.reason
    facts.pingArrived = at.frames.some(({ frame }) => frame.opcode === OPCODE.ping)
    facts.clientFrameBytes = dataFrames(at.frames)
    facts.fragments = dataFrames(client.frames).slice(1)
    client.http.pipe.destroy()
    return facts
  } finally {
    origin!.withdraw(name)
  }
}

const dataFrames = (frames: OriginWebSocket['frames']): number[] =>
  frames.filter(({ frame }) => frame.opcode < OPCODE.close).map(({ frame }) => frame.payload.length)

const arrived = (seen: OriginExchange | null): Pick<TunnelFacts, 'atOrigin'> => ({
  atOrigin:
    seen === null
      ? null
      : { version: seen.head.version, upgrade: header(seen.head, 'upgrade'), headers: seen.head.headers },
})

const noFacts = (sentHeaders: [string, string][]): TunnelFacts => ({
  atOrigin: null,
  status: null,
  sentHeaders,
  responseHeaders: [],
  firstFrame: false,
  pongByProxy: false,
  pingArrived: false,
  fragments: [],
  clientFrameBytes: [],
  closeCode: null,
  closeReason: '',
})

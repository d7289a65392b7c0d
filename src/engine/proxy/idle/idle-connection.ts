import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { parseClosePayload } from '../../../protocol/websocket/close-code.ts'
import { ask, type HttpExchange } from '../client/http-exchange.ts'
import { openWebSocket, type WebSocketExchange } from '../client/websocket-exchange.ts'
import { numberedEvent, OPENING_COMMENT, streamHead } from '../origin/event-emitter.ts'
import type { OriginExchange } from '../origin/exchange.ts'
import { acceptWebSocket, type OriginWebSocket } from '../origin/websocket.ts'
import type { ProxyRoom } from '../part.ts'
import { probeName } from '../probe-name.ts'

/** One connection that can be left alone or spoken on from either end. */
export interface IdleConnection {
  http: HttpExchange
  atOrigin: OriginExchange
  clientData(): void
  clientPing(): void
  originData(): void
  originPing(): void
  originComment(): void
  /** What the client has received beyond the head, for a comparison. */
  received(): number
  /** The Close code that came, if any. */
  closeCode(): number | null
  release(): void
}

const OPEN_MS = 5000
const NOTHING = Buffer.alloc(0)
const WORD = Buffer.from('rtbench')

/** A string says why it could not be opened. */
export async function openIdle(room: ProxyRoom, transport: 'ws' | 'sse' | 'poll'): Promise<IdleConnection | string> {
  const { target, origin } = room
  const name = probeName()
  const seen: { exchange: OriginExchange | null; socket: OriginWebSocket | null; wrap: (body: Buffer) => Buffer } = {
    exchange: null,
    socket: null,
    wrap: body => body,
  }
  origin!.announce(name, exchange => {
    seen.exchange = exchange
    if (transport === 'ws') seen.socket = acceptWebSocket(exchange)
    if (transport === 'sse') {
      const { bytes, wrap } = streamHead(exchange, [
        ['Cache-Control', 'no-cache'],
        ['X-Accel-Buffering', 'no'],
      ])
      seen.wrap = wrap
      exchange.write(Buffer.concat([bytes, wrap(OPENING_COMMENT)]))
    }
  })
  const release = () => origin!.withdraw(name)
  const failed = (reason: string) => {
    release()
    return reason
  }
  let http: HttpExchange
  let socket: WebSocketExchange | null = null
  if (transport === 'ws') {
    const opened = await openWebSocket(target, name)
    if (!opened.ok) return failed(opened.reason)
    socket = opened.value
    http = socket.http
  } else {
    const accept = transport === 'sse' ? 'text/event-stream' : '*/*'
    const opened = await ask(target, { path: target.pathFor(name), headers: [['Accept', accept]] })
    if (!opened.ok) return failed(opened.reason)
    http = opened.value
  }
  if (transport !== 'poll') await http.headArrived(OPEN_MS)
  else for (let tries = 0; tries < 100 && seen.exchange === null; tries += 1) await pause(20)
  const { exchange } = seen
  const status = http.head?.status
  if (exchange === null || (transport === 'ws' && status !== 101) || (transport === 'sse' && status !== 200)) {
    http.pipe.destroy()
    return failed(status === undefined ? 'the request did not get through' : `answered HTTP ${status}`)
  }
  const event = (text: Buffer) => exchange.write(seen.wrap(text))
  return {
    http,
    atOrigin: exchange,
    clientData: () => socket?.send(OPCODE.text, WORD),
    clientPing: () => socket?.send(OPCODE.ping, NOTHING),
    originData: () => (seen.socket === null ? event(numberedEvent(0, 64)) : seen.socket.send(OPCODE.text, WORD)),
    originPing: () => seen.socket?.send(OPCODE.ping, NOTHING),
    originComment: () => event(Buffer.from(': beat\n\n')),
    received: () => (socket === null ? http.bodyBytes : socket.frames.length),
    closeCode() {
      const close = socket?.frames.find(({ frame }) => frame.opcode === OPCODE.close)
      if (close === undefined) return null
      const payload = parseClosePayload(close.frame.payload)
      return 'code' in payload ? payload.code : 1005
    },
    release() {
      http.pipe.destroy()
      exchange.reset()
      release()
    },
  }
}

const pause = (ms: number): Promise<void> =>
  new Promise(resolve => {
    setTimeout(resolve, ms)
  })

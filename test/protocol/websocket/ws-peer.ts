// The classes of `ws` that are exported but not in its types: the peer that the codec is held against.
import { Duplex, type Writable } from 'node:stream'
import * as ws from 'ws'
import type { DeflateParameters } from '../../../src/protocol/websocket/deflate-parameters.ts'
import { deflateExtension } from '../../../src/protocol/websocket/deflate-parameters.ts'
import type { Seen } from './recording-sink.ts'

interface WsDeflate {
  accept(parameters: Record<string, (string | true)[]>[]): unknown
  cleanup(): void
}

interface SendOptions {
  binary: boolean
  compress: boolean
  fin: boolean
  mask: boolean
}

type Sent = (error?: Error) => void

interface WsSender {
  send(data: Buffer, options: SendOptions, done: Sent): void
  ping(data: Buffer, mask: boolean, done: Sent): void
  pong(data: Buffer, mask: boolean, done: Sent): void
  close(code: number | undefined, reason: Buffer, mask: boolean, done: Sent): void
}

const { PerMessageDeflate, Receiver, Sender } = ws as unknown as {
  PerMessageDeflate: new (options: object) => WsDeflate
  Receiver: new (options: object) => Writable
  Sender: new (socket: Duplex, extensions: object) => WsSender
}

/** One side's permessage-deflate of `ws` with these agreed parameters. */
export function wsDeflate(agreed: DeflateParameters, isServer: boolean): Record<string, WsDeflate> {
  const deflate = new PerMessageDeflate({ isServer, threshold: 0 })
  const parameters = deflateExtension(agreed).parameters.map(([name, value]) => [name, [value ?? (true as const)]])
  deflate.accept([Object.fromEntries(parameters)])
  return { 'permessage-deflate': deflate }
}

/** What the `ws` receiver reports for these pieces of a stream. */
export async function wsReceive(pieces: Buffer[], isServer: boolean, agreed?: DeflateParameters): Promise<Seen[]> {
  const seen: Seen[] = []
  const extensions = agreed === undefined ? {} : wsDeflate(agreed, isServer)
  const receiver = new Receiver({ isServer, extensions, maxPayload: 1 << 24 })
  receiver.on('message', (bytes: Buffer, binary: boolean) =>
    seen.push({ what: 'message', opcode: binary ? 2 : 1, bytes: Buffer.from(bytes) }),
  )
  receiver.on('ping', (bytes: Buffer) => seen.push({ what: 'ping', bytes: Buffer.from(bytes) }))
  receiver.on('pong', (bytes: Buffer) => seen.push({ what: 'pong', bytes: Buffer.from(bytes) }))
  receiver.on('conclude', (code: number, reason: Buffer) => seen.push({ what: 'close', code, text: `${reason}` }))
  await new Promise<void>(resolve => {
    receiver.on('error', (error: Error) => {
      seen.push({ what: 'violation', code: statusOf(error), text: error.message })
      resolve()
    })
    receiver.on('finish', resolve)
    for (const piece of pieces) receiver.write(piece)
    receiver.end()
  })
  extensions['permessage-deflate']?.cleanup()
  return seen
}

/** The close code that `ws` attaches to its errors under a symbol. */
function statusOf(error: Error): number {
  const symbol = Object.getOwnPropertySymbols(error).find(candidate => candidate.description === 'status-code')
  return symbol === undefined ? 0 : (error as unknown as Record<symbol, number>)[symbol]!
}

/** A `ws` sender whose bytes are collected. */
export class WsSending {
  readonly chunks: Buffer[] = []
  private readonly sender: WsSender
  private readonly mask: boolean

  constructor(isServer: boolean, agreed?: DeflateParameters) {
    this.mask = !isServer
    const keep = (chunk: Buffer) => this.chunks.push(chunk)
    const socket = new Duplex({
      read() {},
      write(chunk: Buffer, _encoding, done) {
        keep(Buffer.from(chunk))
        done()
      },
    })
    this.sender = new Sender(socket, agreed === undefined ? {} : wsDeflate(agreed, isServer))
  }

  send(bytes: Buffer, options: { binary?: boolean; compress?: boolean; fin?: boolean } = {}): Promise<void> {
    const { binary = false, compress = false, fin = true } = options
    return this.sent(done => this.sender.send(bytes, { binary, compress, fin, mask: this.mask }, done))
  }

  control(what: 'ping' | 'pong', bytes: Buffer): Promise<void> {
    return this.sent(done => this.sender[what](bytes, this.mask, done))
  }

  close(code: number, reason: Buffer): Promise<void> {
    return this.sent(done => this.sender.close(code, reason, this.mask, done))
  }

  private sent(act: (done: Sent) => void): Promise<void> {
    return new Promise((resolve, reject) => act(error => (error ? reject(error) : resolve())))
  }
}

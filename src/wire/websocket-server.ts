import { headerAll } from '../protocol/http1/head.ts'
import { newKey, type UpgradeRequest, upgradeRequest } from '../protocol/websocket/handshake-request.ts'
import { CannotTell } from './cannot-tell.ts'
import { describeAnswer } from './describe-received.ts'
import { type Answer, readAnswer } from './http-answer.ts'
import type { Peer } from './peer.ts'
import { createServerUnderTest, type ServerUnderTest, type Surroundings } from './server-under-test.ts'
import { createWebSocketPeer, type WebSocketPeer } from './websocket-peer.ts'

/** One opening handshake, whatever came of it. */
export interface Upgrade {
  request: UpgradeRequest
  answer: Answer
  peer: Peer
  /** Null unless the answer is a 101. */
  socket: WebSocketPeer | null
}

/** How a handshake is sent, where that matters. */
export interface Sending {
  split?: number | readonly number[]
  pauseMs?: number
  /** Octets glued to the end of the request. */
  trailing?: Uint8Array
  /** A connection that is open already. */
  peer?: Peer
}

/** A WebSocket server under test. */
export interface WebSocketServer extends ServerUnderTest {
  /** The handshake of this target with a fresh key, and what is changed about it. */
  request(change?: Partial<UpgradeRequest>): UpgradeRequest
  /** Sends it and reads the answer. */
  upgrade(change?: Partial<UpgradeRequest>, sending?: Sending): Promise<Upgrade>
  /** A handshake; where it opens a connection, past the server's greetings. */
  open(change?: Partial<UpgradeRequest>): Promise<Upgrade>
  /** A connection that is open, past the server's greetings. */
  connect(change?: Partial<UpgradeRequest>): Promise<WebSocketPeer>
}

export function createWebSocketServer(around: Surroundings): WebSocketServer & { dispose(): void } {
  const base = createServerUnderTest(around)
  const { defaults, capabilities, timeoutMs } = base

  const request = (change: Partial<UpgradeRequest> = {}): UpgradeRequest => ({
    target: defaults.target,
    host: defaults.host,
    key: newKey(),
    ...(defaults.subprotocols.length > 0 && { subprotocols: defaults.subprotocols }),
    ...(defaults.headers.length > 0 && { headers: defaults.headers }),
    ...change,
  })

  async function upgrade(change: Partial<UpgradeRequest> = {}, sending: Sending = {}): Promise<Upgrade> {
    const peer = sending.peer ?? (await base.dial())
    const asked = request(change)
    const bytes = Buffer.concat([upgradeRequest(asked), sending.trailing ?? Buffer.alloc(0)])
    if (sending.split === undefined) peer.send(bytes)
    else await peer.sendSplit(bytes, sending.split, sending.pauseMs)
    const answer = await readAnswer(peer, timeoutMs)
    const opened = answer.kind === 'head' && answer.head.status === 101
    return {
      request: asked,
      answer,
      peer,
      socket: opened ? createWebSocketPeer(peer, answer.head, timeoutMs, base.budget) : null,
    }
  }

  async function open(change: Partial<UpgradeRequest> = {}): Promise<Upgrade> {
    const upgraded = await upgrade(change)
    for (let left = capabilities.greetings; left > 0; left -= 1) await upgraded.socket?.message()
    return upgraded
  }

  return {
    ...base,
    request,
    upgrade,
    open,
    async connect(change) {
      const { answer, socket } = await open(change)
      if (socket === null) throw new CannotTell(`no WebSocket connection: ${describeAnswer(answer, ['Location'])}`)
      return socket
    },
  }
}

/** The values of a header in the answer; none where there is no head. */
export function answerHeader(answer: Answer, name: string): string[] {
  return answer.kind === 'head' ? headerAll(answer.head, name) : []
}

/** The status of the answer, or null. */
export function answerStatus(answer: Answer): number | null {
  return answer.kind === 'head' ? answer.head.status : null
}

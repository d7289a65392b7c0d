import { encodeRequestHead } from '../protocol/http1/request.ts'
import { CannotTell } from './cannot-tell.ts'
import { describeAnswer } from './describe-received.ts'
import { createEventStream, type EventStream } from './event-stream.ts'
import { type Answer, type BodyStream, bodyStream, readAnswer } from './http-answer.ts'
import type { Peer } from './peer.ts'
import { createServerUnderTest, type ServerUnderTest, type Surroundings } from './server-under-test.ts'

/** What a check changes about a request; the rest is the target's. */
export interface RequestChange {
  method?: string
  target?: string
  version?: string
  /** Headers by name, in addition to or instead of the usual ones; null leaves one out. */
  headers?: Readonly<Record<string, string | null>>
  body?: Uint8Array
  /** A connection that is open already. */
  peer?: Peer
  withinMs?: number
}

/** A request, its answer, and the body that can be read after it. */
export interface Exchange {
  answer: Answer
  peer: Peer
  /** Null where there is no response head. */
  body: BodyStream | null
}

/** An SSE or long-polling server under test. */
export interface HttpServer extends ServerUnderTest {
  /** Sends a request and reads the answer's head. */
  ask(change?: RequestChange): Promise<Exchange>
  /** An event stream that was answered 200, whatever its other headers say. */
  events(change?: RequestChange): Promise<EventStream>
}

export function createHttpServer(around: Surroundings, accept: string): HttpServer & { dispose(): void } {
  const base = createServerUnderTest(around)
  const { defaults, timeoutMs } = base

  async function ask(change: RequestChange = {}): Promise<Exchange> {
    const { method = 'GET', target = defaults.target, version, body, withinMs = timeoutMs } = change
    const peer = change.peer ?? (await base.dial())
    const usual: [string, string][] = [
      ['Host', defaults.host],
      ['Accept', accept],
      ['Cache-Control', 'no-cache'],
    ]
    if (body !== undefined) usual.push(['Content-Length', String(body.length)])
    const headers = changeHeaders([...usual, ...defaults.headers], change.headers ?? {})
    const head = encodeRequestHead({ method, target, headers, ...(version !== undefined && { version }) })
    peer.send(body === undefined ? head : Buffer.concat([head, body]))
    const answer = await readAnswer(peer, withinMs)
    return { answer, peer, body: answer.kind === 'head' ? bodyStream(peer, answer.head, method) : null }
  }

  return {
    ...base,
    ask,
    async events(change = {}) {
      const { answer, body, peer } = await ask(change)
      if (answer.kind !== 'head' || answer.head.status !== 200) {
        throw new CannotTell(`no event stream: ${describeAnswer(answer, ['Content-Type', 'Location'])}`)
      }
      return createEventStream(peer, answer.head, body!)
    },
  }
}

function changeHeaders(
  usual: readonly (readonly [string, string])[],
  change: Readonly<Record<string, string | null>>,
): (readonly [string, string])[] {
  const names = new Set(Object.keys(change).map(name => name.toLowerCase()))
  const added = Object.entries(change).filter((field): field is [string, string] => field[1] !== null)
  return [...usual.filter(([name]) => !names.has(name.toLowerCase())), ...added]
}

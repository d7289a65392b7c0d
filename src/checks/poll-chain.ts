import { type Cursor, nextCursor, START } from '../protocol/polling/cursor.ts'
import { CannotTell } from '../wire/cannot-tell.ts'
import { describeAnswer } from '../wire/describe-received.ts'
import type { Answer } from '../wire/http-answer.ts'
import type { HttpServer, RequestChange } from '../wire/http-server.ts'
import type { Peer } from '../wire/peer.ts'
import { sleep } from '../world/timer.ts'
import { token } from './published-events.ts'

/** One poll with all of its answer. */
export interface Poll {
  answer: Answer
  /** 0 where there is no response. */
  status: number
  text: string
  /** The body ended as announced. */
  whole: boolean
  /** Octets of the head. */
  headBytes: number
  /** Where the next poll continues. */
  cursor: Cursor
  ms: number
  peer: Peer
}

const SETTLE_MS = 200

/** Path and query of a poll that continues there. */
export const pollTarget = (server: HttpServer, cursor: Cursor, ...more: string[]): string =>
  [cursor.query, ...more]
    .filter(part => part !== '')
    .reduce((target, part) => `${target}${target.includes('?') ? '&' : '?'}${part}`, server.defaults.target)

/** Polls once from this cursor. */
export async function poll(server: HttpServer, cursor: Cursor, change: RequestChange = {}): Promise<Poll> {
  const start = server.clock.now()
  const headers = { ...Object.fromEntries(cursor.headers), ...change.headers }
  const { answer, body, peer } = await server.ask({ target: pollTarget(server, cursor), ...change, headers })
  const read = await body?.all(server.timeoutMs, 16 * 1024 * 1024)
  const isHead = answer.kind === 'head'
  const next =
    isHead && read !== undefined ? nextCursor(server.capabilities.cursor, cursor, answer.head, read.bytes) : cursor
  return {
    answer,
    status: isHead ? answer.head.status : 0,
    text: read?.bytes.toString('utf8') ?? '',
    whole: read?.whole === true && read.violation === null,
    headBytes: isHead ? answer.head.bytes : 0,
    cursor: next,
    ms: server.clock.now() - start,
    peer,
  }
}

/** Whether it brought something new. */
export const hasNews = ({ status, text, cursor }: Poll, before: Cursor): boolean =>
  status === 200 && text !== '' && !sameCursor(before, cursor)

export const sameCursor = (a: Cursor, b: Cursor): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Publishes while this poll is held, so that it is answered. */
export async function polledWhile(server: HttpServer, cursor: Cursor, publish: () => Promise<void>): Promise<Poll> {
  const answer = poll(server, cursor)
  await sleep(server.clock, SETTLE_MS)
  await publish()
  return answer
}

/** A cursor that stands at what is newest. */
export async function newestCursor(server: HttpServer): Promise<Cursor> {
  const mark = token()
  let cursor = START
  let latest = await polledWhile(server, cursor, () => server.capabilities.publish(`${mark} start`))
  const deadline = server.clock.now() + server.timeoutMs
  while (!latest.text.includes(mark)) {
    if (latest.status !== 200 && latest.status !== 204 && latest.status !== 304)
      throw new CannotTell(`a poll for what is published: ${describeAnswer(latest.answer)}`)
    if (server.clock.now() > deadline) throw new CannotTell('what was published came with no poll')
    cursor = latest.cursor
    latest = await poll(server, cursor)
  }
  if (sameCursor(latest.cursor, START)) throw new CannotTell('its answers carry no cursor')
  return latest.cursor
}

/** What a chain of polls brought of the messages `mark 1`, `mark 2`, …: their numbers in order of arrival. */
export interface Chain {
  numbers: number[]
  answers: Poll[]
  cursor: Cursor
}

const MOST_POLLS = 300

/** Polls on from a cursor until the last of `count` messages is there, or no answer comes any more. */
export async function followChain(
  server: HttpServer,
  from: Cursor,
  mark: string,
  count: number,
  withinMs = server.timeoutMs,
): Promise<Chain> {
  const chain: Chain = { numbers: [], answers: [], cursor: from }
  const deadline = server.clock.now() + withinMs
  while (chain.answers.length < MOST_POLLS && !chain.numbers.includes(count)) {
    const left = deadline - server.clock.now()
    if (left <= 0) break
    const answer = await poll(server, chain.cursor, { withinMs: left })
    if (answer.answer.kind !== 'head') break
    chain.answers.push(answer)
    chain.numbers.push(...numbersIn(answer.text, mark))
    const stuck = answer.status >= 400 || (sameCursor(answer.cursor, chain.cursor) && answer.ms < SETTLE_MS)
    chain.cursor = answer.cursor
    if (stuck) await sleep(server.clock, SETTLE_MS)
  }
  return chain
}

export const numbersIn = (text: string, mark: string): number[] =>
  [...text.matchAll(new RegExp(`${mark} (\\d+)`, 'g'))].map(match => Number(match[1]))

/** `mark 1` to `mark count`, one after the other. */
export async function publishNumbered(server: HttpServer, mark: string, count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) await server.capabilities.publish(`${mark} ${n}`)
}

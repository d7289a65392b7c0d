// The clients of one worker: each opens a connection, loses it, and comes back as its policy says.
import type { Ending, Random } from '../../reconnect/policy.ts'
import type { Connection, ConnectionListener, End, Resume, TransportRoom } from '../../transports/transport.ts'
import { emptyResume } from '../../transports/transport.ts'
import type { Failure } from '../../wire/failure.ts'
import type { DialTarget } from '../../wire/dial.ts'
import type { TlsCounts } from '../../wire/tls.ts'
import { now } from '../../world/clock.ts'
import { seededRandom, splitSeed } from '../../world/random.ts'
import type { Client, Plan } from './client.ts'
import { decide, startClient } from './client.ts'
import { endingOf } from './ending.ts'
import { createIssueQueue } from './issue-queue.ts'
import type { HerdRecord } from './herd-record.ts'
import type { HerdWorkerPlan } from './worker-plan.ts'

const AT_ONCE = 64
const OPENING_TRIES = 3

interface HerdClient {
  index: number
  random: Random
  memory: Client
  connection: Connection | null
  resume: Resume
  tries: number
  /** When it is to try again. */
  dueAt: number
  attemptAt: number
  /** How far this attempt was behind its schedule. */
  lateMs: number
  openedAt: number
  greeted: boolean
  /** A look at the deadline of its attempt is due. */
  watched: boolean
}

export interface HerdClients {
  listener: ConnectionListener
  /** Opens all; resolves when each is open or failed three times. */
  open(): Promise<{ opened: number; failed: number; example: string; controlPorts: number[] }>
  watch(): void
  /** Clients that are neither back nor gave up. */
  trying(): number
  finish(): void
}

export interface HerdClientsOptions {
  plan: HerdWorkerPlan
  policy: Plan
  record: HerdRecord
  room: () => TransportRoom
  make: () => (index: number) => Connection
  dial: DialTarget
  /** Nobody waits longer than this, whatever the policy says: 0 in a rehearsal. */
  longestWaitMs: number
}

export function createHerdClients(options: HerdClientsOptions): HerdClients {
  const { plan, policy, record, room, make, dial, longestWaitMs } = options
  const { first, controlFrom } = plan
  const { timeoutMs } = plan.target
  const clients: HerdClient[] = Array.from({ length: plan.clients }, (_, index) => {
    const random = seededRandom(splitSeed(plan.seed, first + index))
    return {
      index,
      random,
      memory: startClient(policy, random),
      connection: null,
      resume: emptyResume(),
      tries: 0,
      dueAt: 0,
      attemptAt: 0,
      lateMs: 0,
      openedAt: 0,
      greeted: false,
      watched: false,
    }
  })
  const isControl = (client: HerdClient) => first + client.index >= controlFrom
  let watching = false
  let finished = false
  let streams = false
  let settle: (() => void) | null = null
  let nextToOpen = 0
  let opening = 0
  let opened = 0
  let failed = 0
  let example = ''
  /** TLS handshakes before the cut. */
  let before: TlsCounts = { full: 0, resumed: 0 }

  function attempt(client: HerdClient) {
    client.attemptAt = now()
    client.greeted = false
    client.openedAt = 0
    const connection = make()(first + client.index)
    connection.state = client
    client.connection = connection
    connection.start(dial, client.resume)
    if (!client.watched) watchTimeout(client)
  }

  // One deadline per client, not per attempt: those of refused attempts would pile up by the ten thousand.
  function watchTimeout(client: HerdClient) {
    const { attemptAt } = client
    client.watched = true
    room().timers.at(attemptAt + timeoutMs, () => {
      client.watched = false
      if (client.connection === null || client.openedAt > 0) return
      if (client.attemptAt > attemptAt) watchTimeout(client)
      else client.connection.abort({ kind: 'timeout', text: `no answer within ${timeoutMs} ms` })
    })
  }

  const attempts = createIssueQueue<HerdClient>(
    () => room().timers,
    client => {
      if (finished) return
      attempt(client)
      client.lateMs = Math.max(0, client.attemptAt - client.dueAt)
      record.attempt(client.dueAt, client.attemptAt)
    },
    // What ended while a wave was issued did not end when the wave was out.
    () => room().wire.turn(),
  )

  function openMore() {
    while (opening < AT_ONCE && nextToOpen < clients.length) {
      opening += 1
      attempt(clients[nextToOpen++]!)
    }
    if (opening === 0) settle?.()
  }

  function openingEnded(client: HerdClient, failure: Failure | null) {
    client.tries += 1
    if (client.tries < OPENING_TRIES) return attempt(client)
    example ||= failure?.text ?? 'the server closed the connection'
    failed += 1
    opening -= 1
    openMore()
  }

  // The outage: the policy decides when there is another attempt.
  function follow(client: HerdClient, ending: Ending, atMs: number) {
    const delayMs = decide(policy, client.memory, ending, client.random)
    if (typeof delayMs !== 'number') return record.gaveUp(delayMs)
    client.dueAt = atMs + Math.min(delayMs, longestWaitMs)
    attempts.at(client.dueAt, client)
  }

  function ended(client: HerdClient, end: End, overAt: number) {
    const atMs = Math.max(overAt, client.attemptAt, client.openedAt)
    const upMs = client.openedAt > 0 ? atMs - client.openedAt : undefined
    const ending = endingOf(end, atMs - client.attemptAt, upMs, client.greeted)
    if (client.resume.retryMs !== null) client.memory.retryMs = client.resume.retryMs
    if (isControl(client)) record.controlDropped()
    else {
      if (upMs === undefined) record.failed(client.index, end.failure?.kind ?? 'closed', end.failure?.text ?? '')
      else {
        record.lost(client.index, atMs)
        if (client.tries > 0) record.closedAfter(upMs)
      }
      client.tries += 1
      // Had it been issued in time it would have failed so much sooner: a late generator must not flatten the next wave.
      follow(client, ending, upMs === undefined ? atMs - client.lateMs : atMs)
    }
  }

  const clientOf = (connection: Connection) => connection.state as HerdClient

  const listener: ConnectionListener = {
    opened(connection) {
      const client = clientOf(connection)
      client.openedAt = now()
      if (watching) record.opened(connection.localPort, client.attemptAt, connection.times?.tcpMs)
      connection.times = null
      // Where the endpoint was silent before the cut, nobody waits for its first message after it.
      if (watching && !streams) record.back(client.index, client.openedAt)
      if (watching) return
      client.tries = 0
      opened += 1
      opening -= 1
      openMore()
    },
    message(connection, buffer, start, end) {
      const client = clientOf(connection)
      const atMs = room().readAt
      if (!client.greeted) {
        client.greeted = true
        if (watching && !isControl(client)) record.back(client.index, atMs)
        streams ||= !watching
      }
      record.message(client.index, buffer, start, end, atMs)
    },
    flushed() {},
    ended(connection, end) {
      const client = clientOf(connection)
      if (client.connection !== connection) return
      client.connection = null
      if (finished) return
      client.resume = connection.resume
      client.resume.tlsSession = connection.tlsSession ?? client.resume.tlsSession
      if (watching) ended(client, end, connection.overAt)
      else if (client.openedAt === 0) openingEnded(client, end.failure)
      else {
        // Lost before the cut: the endpoint's own doing. It is opened again, so that the herd is complete.
        opened -= 1
        opening += 1
        attempt(client)
      }
    },
  }

  return {
    listener,
    open: () =>
      new Promise(resolve => {
        settle = () => {
          settle = null
          const controlPorts = clients
            .filter(client => isControl(client) && client.connection !== null)
            .flatMap(({ connection }) => connection!.localPort ?? [])
          resolve({ opened, failed, example, controlPorts })
        }
        openMore()
      }),
    watch() {
      watching = true
      if (dial.tls !== null) before = { ...dial.tls.counts }
      for (const client of clients)
        if (client.connection !== null && !isControl(client)) record.back(client.index, client.openedAt)
    },
    trying: () =>
      clients.reduce((count, client) => count + (isControl(client) ? 0 : 1), 0) -
      record.tally.back -
      record.tally.gaveUp,
    finish() {
      finished = true
      if (dial.tls !== null) {
        const { full, resumed } = dial.tls.counts
        record.handshakes({ full: full - before.full, resumed: resumed - before.resumed })
      }
      for (const client of clients) client.connection?.abort(null)
    },
  }
}

// The real `eventsource` package in the place of the model: its own reconnecting, its own fetch, seen from outside.
import { EventSource } from 'eventsource'
import { now } from '../../world/clock.ts'
import type { HerdClients } from './herd-clients.ts'
import type { HerdRecord } from './herd-record.ts'
import type { HerdWorkerPlan } from './worker-plan.ts'

interface RealClient {
  index: number
  source: EventSource
  attemptAt: number
  openedAt: number
  ended: boolean
}

// Fetch resolves the host and adds its own headers; --connect-to becomes the address, the Host header stays the URL's.
function addressOf(plan: HerdWorkerPlan): string {
  const address = new URL(plan.url)
  const { connectTo } = plan.target
  if (connectTo) {
    address.hostname = connectTo.host
    address.port = String(connectTo.port)
  }
  return address.href
}

export async function createRealClients(plan: HerdWorkerPlan, record: HerdRecord): Promise<HerdClients> {
  const address = addressOf(plan)
  const headers = Object.fromEntries(plan.target.headers)
  const clients: RealClient[] = []
  let watching = false
  let watchedAt = Number.POSITIVE_INFINITY
  let streams = false
  let finished = false

  function start(index: number, opened: () => void, failed: (text: string) => void): RealClient {
    const client: RealClient = { index, source: undefined as never, attemptAt: 0, openedAt: 0, ended: false }
    client.source = new EventSource(address, {
      fetch: (input, init) => {
        client.attemptAt = now()
        // The package schedules its attempt itself: the time it asked for is not to be seen from here.
        if (watching) record.attempt(client.attemptAt, client.attemptAt)
        return fetch(input, { ...init, headers: { ...headers, ...(init?.headers as Record<string, string>) } })
      },
    })
    client.source.addEventListener('open', () => {
      client.openedAt = now()
      if (watching) record.opened(undefined, client.attemptAt)
      if (watching && !streams) record.back(index, client.openedAt)
      opened()
    })
    client.source.addEventListener('message', event => {
      const bytes = Buffer.from(event.data as string)
      const atMs = now()
      if (watching) record.back(index, atMs)
      else streams = true
      record.message(index, bytes, 0, bytes.length, atMs)
    })
    client.source.addEventListener('error', event => {
      if (finished) return
      if (!watching) return failed(event.message ?? 'connection failed')
      ended(client, event.message ?? '', event.code)
    })
    return client
  }

  function ended(client: RealClient, message: string, status: number | undefined) {
    const atMs = now()
    if (client.openedAt > 0) {
      record.lost(client.index, atMs)
      if (client.openedAt > watchedAt) record.closedAfter(atMs - client.openedAt)
      client.openedAt = 0
    } else record.failed(client.index, status === undefined ? 'refused' : 'http-status', message)
    if (client.source.readyState !== client.source.CLOSED || client.ended) return
    client.ended = true
    record.gaveUp('http-status')
  }

  return {
    listener: { opened() {}, message() {}, flushed() {}, ended() {} },
    async open() {
      let failed = 0
      let example = ''
      for (let index = 0; index < plan.clients; index += 1)
        await new Promise<void>(resolve => {
          const fail = (text: string) => {
            failed += 1
            example ||= text
            resolve()
          }
          clients.push(start(index, resolve, fail))
        })
      return { opened: plan.clients - failed, failed, example, controlPorts: [] }
    },
    watch() {
      watching = true
      watchedAt = now()
      for (const client of clients) if (client.openedAt > 0) record.back(client.index, client.openedAt)
    },
    trying: () => plan.clients - record.tally.back - record.tally.gaveUp,
    finish() {
      finished = true
      for (const { source } of clients) source.close()
    },
  }
}

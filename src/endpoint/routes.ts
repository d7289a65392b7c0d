import { type Answer, type Exchange, text } from './answer.ts'
import { openEcho } from './echo.ts'
import { serveEvents } from './events.ts'
import { serveLongPoll } from './long-poll.ts'
import { servePublish } from './publish.ts'
import { openPush } from './push.ts'
import { serveStats, serveTime } from './status.ts'
import type { OpenWebSocket } from './websocket-connection.ts'

export interface Route {
  readonly summary: string
  /** The methods it answers, OPTIONS aside; for a WebSocket route those that are told to upgrade. */
  readonly methods: readonly string[]
  /** Undefined if it answers later, or with a stream. */
  readonly serve?: (exchange: Exchange) => Answer | undefined
  readonly open?: OpenWebSocket
}

const read = ['GET', 'HEAD']

/** Every path of the endpoint. */
export const routes: Readonly<Record<string, Route>> = {
  '/': { summary: 'this list', methods: read, serve: () => text(200, routeList()) },
  '/echo': { summary: 'WebSocket: every message comes back', methods: read, open: openEcho },
  '/ws': { summary: 'WebSocket: published messages (?channel=, ?since=)', methods: read, open: openPush },
  '/events': { summary: 'SSE: published messages (?channel=, Last-Event-ID)', methods: read, serve: serveEvents },
  '/messages': {
    summary: 'long poll: published messages (?channel=, ?since=, ?timeout=)',
    methods: read,
    serve: serveLongPoll,
  },
  '/publish': { summary: 'POST: the body is a message (?channel=)', methods: ['POST'], serve: servePublish },
  '/tick/ws': { summary: 'WebSocket that emits by itself (?interval=100ms&size=64)', methods: read, open: openPush },
  '/tick/events': { summary: 'the same as SSE', methods: read, serve: serveEvents },
  '/tick/messages': { summary: 'the same as long poll', methods: read, serve: serveLongPoll },
  '/stats': { summary: 'JSON: what is open, totals, bytes, memory', methods: read, serve: serveStats },
  '/time': { summary: 'JSON: the clock of the endpoint', methods: read, serve: serveTime },
}

/** Own keys only: a path such as /constructor is not a route. */
export function routeAt(path: string): Route | undefined {
  return Object.hasOwn(routes, path) ? routes[path] : undefined
}

export function routeList(): string {
  const lines = Object.entries(routes).map(([path, route]) => `${path.padEnd(16)} ${route.summary}`)
  return ['rtbench reference endpoint', '', ...lines].join('\n')
}

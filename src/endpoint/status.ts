import { memoryUsage } from 'node:process'
import { now, wall } from '../world/clock.ts'
import { type Answer, type Exchange, json } from './answer.ts'
import type { EndpointState } from './state.ts'

/** What is open now, what happened since the start, and the memory of the process. */
export function endpointStats(state: EndpointState): object {
  const { rss, heapUsed, external } = memoryUsage()
  return {
    uptimeMs: Math.round(now() - state.startedAt),
    open: { ...state.open.counts(), sockets: state.sockets.open },
    totals: { ...state.totals, sockets: state.sockets.accepted },
    bytes: state.sockets.bytes(),
    channels: {
      published: state.channels.count,
      ticking: state.ticks.count,
      historyBytes: state.channels.historyBytes,
    },
    memory: { rssBytes: rss, heapUsedBytes: heapUsed, externalBytes: external },
  }
}

export function serveStats(exchange: Exchange): Answer {
  return json(JSON.stringify(endpointStats(exchange.state)))
}

/** Both clocks in ms: wall time since 1970, and CLOCK_MONOTONIC for clients on the same machine. */
export function serveTime(): Answer {
  return json(`{"ts":${wall().toFixed(3)},"monotonic":${now().toFixed(3)}}`)
}

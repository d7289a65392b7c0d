import { type Answer, text } from './answer.ts'
import type { Channel } from './channel.ts'
import { channelName } from './channels.ts'
import type { RequestTarget } from './request-target.ts'
import type { EndpointState } from './state.ts'
import { tickIntervalMs, tickSizeBytes } from './tick-channels.ts'

/** The channel a request is about: by `?channel=`, or under /tick/ by `?interval=` and `?size=`; or why there is none. */
export function channelOf(state: EndpointState, target: RequestTarget): Channel | Answer {
  if (target.path.startsWith('/tick/')) return tickChannelOf(state, target.query)
  const name = target.query.get('channel') ?? 'default'
  if (!channelName.test(name)) return text(400, 'channel: 1 to 64 letters, digits, dots, dashes and underscores')
  return state.channels.open(name) ?? tooMany('channels')
}

/** A non-negative whole number in plain digits; undefined for anything else. */
export function wholeNumber(digits: string): number | undefined {
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined
}

/** `500ms`, `1.5s` or `2m` in ms; undefined for anything else. */
export function durationMs(duration: string): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,6})?)(ms|s|m)$/.exec(duration)
  if (match === null) return undefined
  return Number(match[1]) * { ms: 1, s: 1000, m: 60_000 }[match[2] as 'ms' | 's' | 'm']
}

function tickChannelOf(state: EndpointState, query: URLSearchParams): Channel | Answer {
  const asked = query.get('interval')
  const intervalMs = asked === null ? state.options.tickMs : durationMs(asked)
  if (intervalMs === undefined || intervalMs < tickIntervalMs.min || intervalMs > tickIntervalMs.max) {
    return text(400, 'interval: a duration with its unit, 5ms to 60m, such as 100ms')
  }
  const sizeBytes = wholeNumber(query.get('size') ?? '0')
  if (sizeBytes === undefined || sizeBytes > tickSizeBytes.max) {
    return text(400, `size: bytes of data, at most ${tickSizeBytes.max}, such as 64`)
  }
  return state.ticks.open(intervalMs, sizeBytes) ?? tooMany('combinations of interval and size')
}

function tooMany(what: string): Answer {
  return text(503, `too many ${what} in use`, { 'Retry-After': '5' })
}

import { now, wallOf } from '../world/clock.ts'
import { type Channel, createChannel } from './channel.ts'

/** Streams that emit by themselves, one per distinct interval and size. */
export interface TickChannels {
  readonly count: number
  /** Undefined when as many as are allowed are in use. */
  open(intervalMs: number, sizeBytes: number): Channel | undefined
  close(): void
}

export const tickIntervalMs = { min: 5, max: 3_600_000 }
export const tickSizeBytes = { max: 65_536 }
const distinctMax = 16
const unusedAfterMs = 60_000
/** More ticks than this in arrears (a suspended machine) are not made up for: the schedule starts anew. */
const arrearsMax = 1000

export function createTickChannels(historySize: number): TickChannels {
  const tickers = new Map<string, Ticker>()

  function makeRoom(): boolean {
    if (tickers.size < distinctMax) return true
    for (const [key, ticker] of tickers) {
      if (!ticker.unused()) continue
      ticker.stop()
      tickers.delete(key)
      return true
    }
    return false
  }

  return {
    get count() {
      return tickers.size
    },
    open(intervalMs, sizeBytes) {
      const key = `${intervalMs}/${sizeBytes}`
      let ticker = tickers.get(key)
      if (ticker === undefined) {
        if (!makeRoom()) return undefined
        ticker = startTicker(createChannel(key, historySize), intervalMs, sizeBytes)
        tickers.set(key, ticker)
      }
      return ticker.channel
    },
    close() {
      for (const ticker of tickers.values()) ticker.stop()
      tickers.clear()
    },
  }
}

interface Ticker {
  readonly channel: Channel
  unused(): boolean
  stop(): void
}

/** Emits on an absolute schedule: a late timer delays a message, never the time it carries nor those after it. */
function startTicker(channel: Channel, intervalMs: number, sizeBytes: number): Ticker {
  let due = now() + intervalMs
  let usedAt = now()
  let timer = setTimeout(emitDue, intervalMs)

  function emitDue(): void {
    const time = now()
    if (time - due > arrearsMax * intervalMs) due = time
    for (; due <= time; due += intervalMs) {
      channel.publish(tickData(channel.lastId + 1, wallOf(due), sizeBytes))
    }
    if (channel.subscribers > 0) usedAt = time
    timer = setTimeout(emitDue, Math.max(1, due - now()))
  }

  return {
    channel,
    unused: () => channel.subscribers === 0 && now() - usedAt > unusedAfterMs,
    stop: () => clearTimeout(timer),
  }
}

/** JSON with the sequence number and the intended wall-clock time in ms, padded to a size if that is larger. */
function tickData(seq: number, ts: number, sizeBytes: number): Buffer {
  const bare = `{"seq":${seq},"ts":${ts.toFixed(3)}}`
  const padding = sizeBytes - bare.length - ',"pad":""'.length
  return Buffer.from(padding < 0 ? bare : `${bare.slice(0, -1)},"pad":"${'x'.repeat(padding)}"}`)
}

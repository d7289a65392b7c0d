import { type Channel, createChannel } from './channel.ts'
import type { Message } from './message.ts'

/** The channels by name: how many, and what they remember together, is bounded. */
export interface Channels {
  readonly count: number
  readonly historyBytes: number
  /** Made on first use; undefined when there are too many and all have subscribers. */
  open(name: string): Channel | undefined
  publish(channel: Channel, data: Buffer): Message
}

export const channelName = /^[\w.-]{1,64}$/
const channelsMax = 10_000
const historyBytesMax = 64 * 1024 * 1024

export function createChannels(historySize: number): Channels {
  // In the order of their latest publication: the first is the first to lose its memory.
  const byName = new Map<string, Channel>()
  let historyBytes = 0

  function evictIdle(): boolean {
    for (const [name, channel] of byName) {
      if (channel.subscribers > 0) continue
      byName.delete(name)
      historyBytes -= channel.historyBytes
      return true
    }
    return false
  }

  function shrink(): void {
    for (const channel of byName.values()) {
      while (historyBytes > historyBytesMax && channel.historyBytes > 0) {
        historyBytes -= channel.historyBytes
        channel.forgetOldest()
        historyBytes += channel.historyBytes
      }
      if (historyBytes <= historyBytesMax) return
    }
  }

  return {
    get count() {
      return byName.size
    },
    get historyBytes() {
      return historyBytes
    },
    open(name) {
      const known = byName.get(name)
      if (known !== undefined) return known
      if (byName.size >= channelsMax && !evictIdle()) return undefined
      const channel = createChannel(name, historySize)
      byName.set(name, channel)
      return channel
    },
    publish(channel, data) {
      const before = channel.historyBytes
      const message = channel.publish(data)
      historyBytes += channel.historyBytes - before
      byName.delete(channel.name)
      byName.set(channel.name, channel)
      shrink()
      return message
    },
  }
}

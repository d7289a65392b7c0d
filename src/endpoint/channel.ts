import { createMessage, type Message } from './message.ts'

export type Subscriber = (message: Message) => void

/** A named stream of messages with consecutive ids from 1 and a bounded memory of the latest. */
export interface Channel {
  readonly lastId: number
  /** The oldest id that can still be replayed; lastId + 1 when none is kept. */
  readonly oldestId: number
  readonly name: string
  readonly subscribers: number
  /** What the kept messages occupy, with their encodings: an estimate for a bound, not a measurement. */
  readonly historyBytes: number
  publish(data: Buffer): Message
  subscribe(subscriber: Subscriber): () => void
  /** What followed an id; undefined if that cannot be told: never given out, or no longer kept. */
  after(id: number): readonly Message[] | undefined
  kept(): readonly Message[]
  forgetOldest(): void
}

const footprint = (message: Message) => 512 + 3 * message.data.length

export function createChannel(name: string, historySize: number): Channel {
  const subscribers = new Set<Subscriber>()
  const history: Message[] = []
  let lastId = 0
  let historyBytes = 0

  const channel: Channel = {
    name,
    get lastId() {
      return lastId
    },
    get oldestId() {
      return history[0]?.id ?? lastId + 1
    },
    get subscribers() {
      return subscribers.size
    },
    get historyBytes() {
      return historyBytes
    },
    publish(data) {
      const message = createMessage(++lastId, data)
      history.push(message)
      historyBytes += footprint(message)
      if (history.length > historySize) channel.forgetOldest()
      for (const deliver of subscribers) deliver(message)
      return message
    },
    subscribe(subscriber) {
      subscribers.add(subscriber)
      return () => subscribers.delete(subscriber)
    },
    after(id) {
      if (!Number.isSafeInteger(id) || id < channel.oldestId - 1 || id > lastId) return undefined
      return history.slice(id - channel.oldestId + 1)
    },
    kept: () => history.slice(),
    forgetOldest() {
      const oldest = history.shift()
      if (oldest !== undefined) historyBytes -= footprint(oldest)
    },
  }
  return channel
}

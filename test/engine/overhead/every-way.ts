import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { resolveOverhead } from '../../../src/config/overhead-config.ts'
import { costOf } from '../../../src/engine/overhead/cost.ts'
import { measureTransport, type Way } from '../../../src/engine/overhead/measure-transport.ts'

/** Octets of all connections of one measurement, and the sizes of the pieces that went to the client. */
export interface Counted {
  toServer: number
  toClient: number
  pieces: number[]
}

export const PATHS: [Way, string][] = [
  ['ws', '/ws'],
  ['sse', '/events'],
  ['poll', '/messages'],
  ['plain-poll', '/messages?timeout=1ms'],
]

/** Measures by each transport at `port`; the application bytes must be those that somebody else counted on the way. */
export async function equalsToTheByte(
  port: number,
  publishPort: number,
  count: (run: () => Promise<void>) => Promise<Counted>,
) {
  const publish = {
    url: `http://127.0.0.1:${publishPort}/publish`,
    method: 'POST' as const,
    headers: [],
    body: '{{message}}',
  }
  for (const [way, path] of PATHS) {
    const url = `${way === 'ws' ? 'ws' : 'http'}://127.0.0.1:${port}${path}`
    const words = { duration: '1500ms', rate: '20/s', pollInterval: '200ms', publish: publish.url }
    const config = resolveOverhead([url], words, () => '')
    let measured: Awaited<ReturnType<typeof measureTransport>> | null = null
    const counted = await count(async () => {
      measured = await measureTransport(config, config.targets[0]!, way, publish)
      await sleep(200)
    })
    const { failure, messages, published, total } = measured!
    assert.equal(failure, null)
    assert.deepEqual([way, messages, published], [way, 30, 30])
    assert.deepEqual([way, total.sent], [way, counted.toServer])
    // A close that ends a poll under way leaves its last answer unread: that one, as it left, and nothing else.
    const unread = counted.toClient - total.received
    const mayBe = way.endsWith('poll') ? [0, counted.pieces.at(-1)] : [0]
    assert.ok(mayBe.includes(unread), `${way}: ${unread} octets of ${counted.toClient} not counted`)
    const cost = costOf(measured!)
    assert.ok(Math.abs(cost.message + cost.framing + cost.chunk + cost.headers - cost.app) < 1e-6)
    if (way === 'ws') assert.equal(cost.framing, 2)
  }
}

// A long-polling client on undici: one Client per connection, each poll continues where the last answer ended.
import { Client } from 'undici'
import { createHistogram } from '../../../src/measure/histogram.ts'
import { now } from '../../../src/world/clock.ts'
import { peerOptions, runPeer } from './peer.ts'

const options = peerOptions<{ origin: string; path: string; connections: number }>()
const tally = { units: 0 }
const cycle = createHistogram()
const chains: (() => Promise<void>)[] = []

async function poll(client: Client, since: string): Promise<string> {
  const from = now()
  const { statusCode, body } = await client.request({ method: 'GET', path: `${options.path}${since}` })
  const { last } = JSON.parse(await body.text()) as { last: number }
  if (statusCode !== 200) throw new Error(`answered ${statusCode}`)
  cycle.record((now() - from) * 1000)
  tally.units += 1
  return `?since=${last}`
}

async function openOne(): Promise<void> {
  const client = new Client(options.origin, { pipelining: 1 })
  let since = await poll(client, '')
  chains.push(async () => {
    for (;;) since = await poll(client, since)
  })
}

runPeer(options.connections, tally, openOne, () => {
  for (const chain of chains) void chain()
})

// Over a real loopback port that refuses: the package opens sockets with node:http, the delays are in its events.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { seededRandom } from '../../../src/world/random.ts'
import { FAILED, kolmogorovSmirnov, modelled } from './compare.ts'
import { resolvePlan } from '../../../src/engine/outage/plan.ts'

interface Retrying extends Event {
  delayMillis: number
}

/** Delays that the client announces against a server that answers every request with 503. */
async function announced(options: object, count: number): Promise<number[]> {
  const server = createServer((_request, response) => response.writeHead(503).end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { EventSource } = await import('launchdarkly-eventsource')
  const source = new EventSource(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, options)
  const delays: number[] = []
  source.addEventListener('error', () => {})
  await new Promise<void>(resolve => {
    source.addEventListener('retrying', event => {
      if (delays.push((event as Retrying).delayMillis) === count) resolve()
    })
  })
  source.close()
  server.close()
  return delays
}

test('the LaunchDarkly client doubles up to the cap that it is given', async () => {
  const options = { initialRetryDelayMillis: 5, maxBackoffMillis: 30 }
  const fates = Array.from({ length: 6 }, () => FAILED)
  assert.deepEqual(await announced(options, 6), await modelled('launchdarkly-es:delay=5ms,cap=30ms', fates))
})

test('10,000 jittered delays have the distribution of the model', async () => {
  const { defaultJitter } = (await import('launchdarkly-eventsource/lib/retry-delay.js')) as {
    defaultJitter(ratio: number): (delayMs: number) => number
  }
  const jitter = defaultJitter(0.5)
  const observed = Array.from({ length: 10_000 }, () => jitter(1000))
  const { policy, settings } = await resolvePlan('launchdarkly-es:jitterRatio=0.5')
  const random = seededRandom(5)
  const seen = { retry: 0, failures: 1, previousMs: 0, drawn: 0, outageMs: 0, retryMs: undefined }
  const model = Array.from({ length: 100_000 }, () =>
    Number(policy.delay({ ...seen, ending: { sinceAttemptMs: 20 } }, settings, random)),
  )
  assert.ok(kolmogorovSmirnov(observed, model) < 0.02)
})

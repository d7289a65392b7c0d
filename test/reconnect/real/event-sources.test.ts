// The EventSource clients share a shape: a fetch that follows the fates, the delays between its calls.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { installFakeTime } from './fake-time.ts'
import { decide, startClient } from '../../../src/engine/outage/client.ts'
import { resolvePlan } from '../../../src/engine/outage/plan.ts'
import type { Ending } from '../../../src/reconnect/policy.ts'
import { seededRandom } from '../../../src/world/random.ts'

type Answer = { stream: string } | { status: number } | 'refused'

function scriptedFetch(answers: Answer[], asked: number[]) {
  return async (): Promise<Response> => {
    const answer = answers[asked.length] ?? 'refused'
    asked.push(Date.now())
    if (answer === 'refused') throw new TypeError('fetch failed')
    if ('status' in answer) return new Response(null, { status: answer.status })
    return new Response(answer.stream, { status: 200, headers: { 'content-type': 'text/event-stream' } })
  }
}

async function model(id: string, answers: Answer[]) {
  const plan = await resolvePlan(id)
  const client = startClient(plan, seededRandom(1))
  const found: (number | string)[] = []
  for (const answer of answers) {
    const ending: Ending = { sinceAttemptMs: 0 }
    if (typeof answer === 'object' && 'status' in answer) ending.status = answer.status
    if (typeof answer === 'object' && 'stream' in answer) {
      ending.upMs = 0
      ending.clean = true
      const retry = /^retry: *(\d+)$/m.exec(answer.stream)
      if (retry) client.retryMs = Number(retry[1])
    }
    found.push(decide(plan, client, ending, seededRandom(1)))
  }
  return found
}

const gaps = (asked: number[]) => asked.slice(1).map((at, index) => at - asked[index]!)
const DATA = { stream: 'data: x\n\n' }
const RETRY = { stream: 'retry: 70\ndata: x\n\n' }

const time = installFakeTime()
const { EventSource } = await import('eventsource')
const { fetchEventSource } = await import('@microsoft/fetch-event-source')

for (const answers of [
  [DATA, 'refused', 'refused', DATA, 'refused', { status: 503 }],
  [RETRY, 'refused', 'refused', { status: 204 }],
  [DATA, { status: 502 }],
] as Answer[][])
  test(`the eventsource package after ${JSON.stringify(answers)}`, async () => {
    const asked: number[] = []
    const source = new EventSource('http://127.0.0.1/', { fetch: scriptedFetch(answers, asked) })
    await time.runUntil(time.now() + 100_000)
    assert.deepEqual([...gaps(asked), 'http-status'], await model('eventsource-node', answers))
    assert.equal(source.readyState, source.CLOSED)
  })

test('fetch-event-source retries every failure after 1 s, or as retry: says', async () => {
  const page = { addEventListener() {}, removeEventListener() {}, hidden: false }
  Object.assign(globalThis, { document: page, window: globalThis })
  const asked: number[] = []
  const answers: Answer[] = ['refused', { status: 503 }, 'refused', DATA]
  void fetchEventSource('http://127.0.0.1/', { fetch: scriptedFetch(answers, asked) })
  await time.runUntil(time.now() + 100_000)
  // A stream that ends in order resolves the promise: nothing comes after it.
  assert.deepEqual([...gaps(asked), 'clean-end'], await model('fetch-event-source', answers))
})

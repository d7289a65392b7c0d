import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FAILED, assertSameDistribution } from './compare.ts'
import { installFakeTime } from './fake-time.ts'

test('10,000 clients of graphql-sse give up after five tries with the delays of the model', async () => {
  const time = installFakeTime()
  const { createClient } = await import('graphql-sse')
  const observed: number[] = []
  const fetchFn = (tries: number[]) => async () => {
    tries.push(time.now())
    throw new TypeError('fetch failed')
  }
  for (let client = 0; client < 10_000; client += 1) {
    const tries: number[] = []
    const { subscribe } = createClient({ url: 'http://127.0.0.1/', fetchFn: fetchFn(tries) })
    let failed = false
    subscribe({ query: 'subscription { x }' }, { next() {}, complete() {}, error: () => (failed = true) })
    await time.runUntil(time.now() + 200_000)
    assert.equal(tries.length, 6)
    assert.ok(failed)
    for (let n = 0; n < 5; n += 1) observed.push(tries[n + 1]! - tries[n]!)
  }
  await assertSameDistribution('graphql-sse', [{ upMs: 1 }, FAILED, FAILED, FAILED, FAILED], observed)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { workerPlans } from '../../../src/engine/load/plans.ts'
import { streamOf } from '../../../src/engine/worker/plan.ts'
import { stageShare } from '../../../src/engine/worker/worker.ts'
import { loadConfig } from '../../../src/index.ts'

const plansOf = (shards: number, workers: number) =>
  Array.from({ length: shards }, (_, i) => {
    const config = loadConfig({
      url: 'ws://127.0.0.1:1/',
      stage: ['10s:101', '5s:7'],
      ...(shards > 1 && { shard: `${i + 1}/${shards}`, runId: 'r' }),
    })
    return workerPlans(config, 'ws', config.target.url!, workers)
  }).flat()

test('at every moment of the stages the workers of all shards together hold what the whole run holds', () => {
  for (const [shards, workers] of [
    [1, 1],
    [1, 3],
    [4, 1],
    [4, 3],
    [7, 2],
  ] as const) {
    const plans = plansOf(shards, workers)
    for (let elapsed = 0; elapsed < 16_000; elapsed += 130) {
      const whole = elapsed < 10_000 ? (101 * elapsed) / 10_000 : 101 - (94 * Math.min(5000, elapsed - 10_000)) / 5000
      const held = plans.reduce((sum, plan) => sum + stageShare(plan, elapsed), 0)
      assert.equal(held, Math.round(whole), `${shards} shards of ${workers} workers after ${elapsed} ms`)
    }
  }
})

test('no two workers of any shards have the same random stream', () => {
  const streams = plansOf(7, 4).map(streamOf)
  assert.equal(new Set(streams).size, streams.length)
})

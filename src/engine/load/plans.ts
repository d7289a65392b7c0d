import { createHash, randomInt } from 'node:crypto'
import type { LoadConfig, Transport } from '../../config/run-config.ts'
import type { ClockOffset } from '../../measure/clock-offset.ts'
import { runTag } from '../../measure/mark.ts'
import { now } from '../../world/clock.ts'
import { shareOf, type WorkerPlan } from '../worker/plan.ts'

/** Time for the worker processes to take their plans before the first interval begins. */
const LEAD_MS = 5

/** Divides a run exactly over `count` workers, plus one process that publishes where the pattern needs it. */
export function workerPlans(
  config: LoadConfig,
  transport: Transport,
  url: string,
  count: number,
  clock: ClockOffset | null = null,
): WorkerPlan[] {
  const shards = config.shard ?? { index: 0, count: 1 }
  const most = Math.max(config.connections, ...config.stages.map(stage => stage.connections))
  const ofShard = shareOf(most, shards.index, shards.count)
  const beforeShard = Math.floor((most * shards.index) / shards.count)
  const tag = runTag(config.shard === null ? randomInt(0x1000) : hashOf(config.shard.runId))
  const originAt = now() + LEAD_MS
  const base = {
    config,
    transport,
    url,
    tag,
    shard: shards.index,
    shards: shards.count,
    originAt,
    seed: config.seed,
    clock,
  }
  const plans: WorkerPlan[] = Array.from({ length: count }, (_, worker) => ({
    ...base,
    worker,
    workers: count,
    first: beforeShard + Math.floor((ofShard * worker) / count),
    connections: shareOf(ofShard, worker, count),
    publishes: false,
  }))
  if (config.pattern === 'publish') {
    plans.push({ ...base, worker: count, workers: count, first: 0, connections: 0, publishes: true })
  }
  return plans
}

// Shards of one run know each other's messages; other runs' messages in the same channel are strangers.
const hashOf = (runId: string): number => createHash('sha256').update(runId).digest().readUInt16BE(0)

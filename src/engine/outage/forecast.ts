// The prediction that belongs to a run: its fault, capacity and messages, seen by the simulation.
import type { OutageConfig } from '../../config/outage-config.ts'
import type { Transport } from '../../config/run-config.ts'
import { resolvePlan } from './plan.ts'
import type { PredictConfig, Prediction } from './predict.ts'
import { predict } from './predict.ts'
import type { ChosenFault } from './units.ts'

// What a run does not know beforehand: how long connections had been up, and how long the cut takes.
const UP_MS = 600_000
const CUT_WITHIN_MS = 50
const OVERFLOW = { sinceAttemptMs: 1 }

export interface Known {
  transport: Transport
  /** When the service was back, ms since the cut; by default as configured. */
  downMs?: number
  /** The last `retry:` that the endpoint sends. */
  retryMs?: number
  /** How long connections were up before the cut. */
  upMs?: number
  /** When each client lost its connection, ms since the cut. */
  lostAtMs?: Float64Array
  /** When messages came, ms since the cut. Absent or empty: a client is back when it is connected. */
  messagesAtMs?: readonly number[]
}

/** Null where the fault leaves it to chance or to the client's own heartbeat who comes back. */
export async function forecast(
  config: OutageConfig,
  policy: string,
  chosen: ChosenFault,
  known: Known,
): Promise<Prediction | null> {
  const { fault, settings } = chosen
  const plan = await resolvePlan(policy)
  const met = config.commands ? { sinceAttemptMs: 1 } : fault.meets?.(settings, config.target.timeoutMs)
  if (met === undefined) return null
  const upMs = known.upMs ?? UP_MS
  const lost = { upMs, greeted: true, sinceAttemptMs: upMs, ...(!config.commands && fault.lost?.(settings)) }
  const share = fault.cutShare?.(settings)
  const given: PredictConfig = {
    clients: config.connections,
    plan,
    seed: config.seed,
    dropWithinMs: share === undefined ? CUT_WITHIN_MS : 1000 / share,
    lostAtMs: known.lostAtMs,
    downMs: known.downMs ?? config.downMs,
    horizonMs: config.horizonMs,
    capacity: config.capacity,
    backlog: config.backlog,
    lost,
    down: met,
    overflow: OVERFLOW,
    retryMs: known.transport === 'sse' ? known.retryMs : undefined,
    messagesAtMs: known.messagesAtMs ?? [],
  }
  return predict(given)
}

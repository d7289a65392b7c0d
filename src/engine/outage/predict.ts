// A discrete-event simulation of one herd against one server: the curve to expect before anybody is cut off.
import type { Ending, Random } from '../../reconnect/policy.ts'
import { createAdmissionSchedule } from '../../wire/admission-schedule.ts'
import { seededRandom, splitSeed } from '../../world/random.ts'
import type { Client, Plan } from './client.ts'
import { decide, startClient } from './client.ts'
import { createEventQueue } from './event-queue.ts'
import type { Herd } from './herd.ts'
import { BIN_MS } from './herd.ts'

export interface PredictConfig {
  clients: number
  plan: Plan
  seed: number
  /** All clients are cut off within this time, evenly. */
  dropWithinMs: number
  /** When each client really lost its connection, ms since the cut; NaN: it did not. Instead of `dropWithinMs`. */
  lostAtMs?: Float64Array | undefined
  downMs: number
  horizonMs: number
  /** Admissions per second after the service is back; null: all at once. */
  capacity: number | null
  /** Attempts that may wait for their admission; one more fails at once. */
  backlog: number
  /** How the first connection ends, what an attempt meets while the service is down, and on a full backlog. */
  lost: Ending
  down: Ending
  overflow: Ending
  /** The last `retry:` that clients had received before the cut. */
  retryMs?: number | undefined
  /** When messages come, ms since the cut, ascending. Empty: a client is back when it is admitted. */
  messagesAtMs?: readonly number[]
}

export interface Prediction extends Herd {
  /** False: the policy asked for more attempts than the simulation follows; figures hold until `untilMs` only. */
  complete: boolean
  untilMs: number
}

// A policy without any delay asks for as many attempts as the machine can make.
const MOST_ATTEMPTS = 5_000_000
// No attempt, not even a refused one, takes less.
const SHORTEST_ATTEMPT_MS = 0.1

/** The first message at or after this moment; where none is known any more, the moment itself. */
function nextMessage(messagesAtMs: readonly number[], atMs: number): number {
  let [low, high] = [0, messagesAtMs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (messagesAtMs[middle]! < atMs) low = middle + 1
    else high = middle
  }
  return messagesAtMs[low] ?? atMs
}

interface Simulated {
  state: Client
  random: Random
}

/** Follows every client until it is back for good, gives up, or the horizon ends. */
export function predict(config: PredictConfig): Prediction {
  const { clients, plan, seed, downMs, horizonMs, capacity, backlog, messagesAtMs = [] } = config
  const untilMs = downMs + horizonMs
  const attemptBins = new Uint32Array(Math.ceil(untilMs / BIN_MS) + 1)
  const backAtMs = new Float64Array(clients).fill(Number.NaN)
  const failures = new Uint32Array(clients)
  const queue = createEventQueue(clients)
  const admission = createAdmissionSchedule(capacity, backlog)
  let gaveUp = 0
  let attempts = 0

  // A stream of its own: a client's draws are then those of the same client in a real run.
  const drop = seededRandom(splitSeed(seed, clients))
  const simulated: Simulated[] = []
  function next(index: number, ending: Ending, endMs: number) {
    const { state, random } = simulated[index]!
    const delay = decide(plan, state, ending, random)
    if (typeof delay !== 'number') {
      gaveUp += 1
      return
    }
    queue.push(index, endMs + delay)
  }
  for (let index = 0; index < clients; index += 1) {
    const random = seededRandom(splitSeed(seed, index))
    const state = startClient(plan, random)
    state.retryMs = config.retryMs
    simulated.push({ state, random })
    const lostAtMs = config.lostAtMs?.[index] ?? drop() * config.dropWithinMs
    if (Number.isNaN(lostAtMs)) backAtMs[index] = 0
    else next(index, config.lost, lostAtMs)
  }
  for (let index = queue.pop(); index !== -1; index = queue.pop()) {
    const atMs = queue.timeOf(index)
    if (atMs >= untilMs || attempts >= MOST_ATTEMPTS)
      return { ...herd(), complete: atMs >= untilMs, untilMs: Math.min(untilMs, atMs) }
    attempts += 1
    attemptBins[Math.floor(atMs / BIN_MS)]! += 1
    const isDown = atMs < downMs
    const admittedMs = isDown ? null : admission.admit(atMs)
    if (admittedMs !== null) {
      const backMs = nextMessage(messagesAtMs, admittedMs)
      if (backMs <= untilMs) backAtMs[index] = backMs
      continue
    }
    const ending = isDown ? config.down : config.overflow
    if (ending.upMs === undefined) failures[index]! += 1
    const tookMs = Math.max(SHORTEST_ATTEMPT_MS, ending.sinceAttemptMs)
    next(index, { ...ending, sinceAttemptMs: tookMs }, atMs + tookMs)
  }
  return { ...herd(), complete: true, untilMs }

  function herd(): Herd {
    return { clients, restoredMs: downMs, attemptBins, backAtMs, failures, gaveUp }
  }
}

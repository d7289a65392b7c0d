import type { LoadConfig } from '../../config/run-config.ts'
import type { Collector } from '../../measure/collector.ts'
import type { Histogram } from '../../measure/histogram.ts'
import { climbsConnections, type WorkerPlan } from '../worker/plan.ts'
import type { Level } from './judge-level.ts'
import { nextSearch, startSearch } from './search.ts'
import { tryConnections, tryRate } from './try-level.ts'
import type { Workers } from './workers.ts'

export interface FoundMax {
  unit: 'messages/s' | 'connections'
  levels: Level[]
  held: Level | null
  missed: Level | null
  /** The highest level that may be tried. */
  top: number
  /** What was measured while the held level lasted. */
  histograms: Map<string, Histogram>
}

export interface FindMaxRoom {
  config: LoadConfig
  plans: WorkerPlan[]
  workers: Workers
  collector: Collector
  stopped: Promise<unknown>
  note(text: string): void
}

/** Where climbing stops in any case, messages/s. */
const RATE_MAX = 10_000_000
const LEVELS_MAX = 40
/** A level that the generator spoiled may have met a busy moment of this machine. */
const RETRIES = 2
/** Connections climb from this part of --connections to all of them. */
const FIRST_PART = 16

/** Climbs until the expression no longer holds, then bisects. `--duration` is how long each level is held. */
export async function findMax(room: FindMaxRoom): Promise<FoundMax> {
  const { config, collector } = room
  const byConnections = climbsConnections(config)
  const found: FoundMax = {
    unit: byConnections ? 'connections' : 'messages/s',
    levels: [],
    held: null,
    missed: null,
    top: byConnections ? config.connections : RATE_MAX,
    histograms: new Map(),
  }
  const end = { stopped: false }
  void room.stopped.then(() => {
    end.stopped = true
  })
  const attempt = (level: number) =>
    byConnections ? tryConnections(room, level, found.held?.level ?? 0) : tryRate(room, level)
  let search = startSearch(byConnections ? Math.max(1, Math.round(config.connections / FIRST_PART)) : firstRate(config))
  while (search.level !== null && found.levels.length < LEVELS_MAX) {
    room.note(`trying ${describe(search.level)} ${found.unit}`)
    let tried = await attempt(search.level)
    for (let again = 0; again < RETRIES && tried.level.generator !== null && !end.stopped; again += 1) {
      room.note(`trying ${describe(search.level)} ${found.unit} again: ${tried.level.generator}`)
      tried = await attempt(search.level)
    }
    if (end.stopped) break
    const { level, window } = tried
    found.levels.push(level)
    if (level.holds) {
      found.held = level
      found.histograms = window
    } else found.missed = level
    // What the generator cannot make says nothing about the target: higher levels would not either.
    if (level.generator !== null) break
    // Nobody is there: lower levels would find nobody either.
    if (byConnections && collector.counter('conn_opened') === 0) break
    search = nextSearch(search, level.holds, byConnections, found.top)
  }
  return found
}

function firstRate({ pace, connections }: LoadConfig): number {
  if (pace.kind === 'open') return pace.perConnection * connections
  return pace.kind === 'open-total' ? pace.total : 100
}

export const describe = (level: number): string =>
  level >= 100 ? Math.round(level).toLocaleString('en-US') : String(Number(level.toPrecision(3)))

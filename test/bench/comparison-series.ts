// Real runs against servers of a known delay, alternating as A B B A, and what comparisons of ten with ten of them say.
import { runOrder } from '../../src/config/run-order.ts'
import { type Comparison, compareReports } from '../../src/report/compare.ts'
import type { Report } from '../../src/report/report.ts'
import { lossless } from './load-report.ts'
import { withNoise } from './machine-noise.ts'
import { withTarget } from './target-server.ts'

/** Of a server that nobody has made slower. */
export const DELAY_MS = 20

const ROUNDS_COMPARED = 10
// Neighbouring comparisons share seven of their ten rounds: fewer runs, and the expected share of alarms is the same.
const ROUNDS_APART = 3

/** How long the runs are, and the share of the time that neighbours may have taken from one before it is void. */
export interface Length {
  duration: string
  warmUp?: string
  stolenMax?: number
}

const run = (port: number, { duration, warmUp }: Length) =>
  withNoise(() =>
    lossless({
      url: `ws://127.0.0.1:${port}/echo`,
      connections: 20,
      rate: 50,
      workers: 1,
      duration,
      ...(warmUp !== undefined && { warmUp }),
    }),
  )

const TRIES = 20
const NEIGHBOURS_PAUSE_MS = 3000

/** A run that found itself limited cannot be compared: it is made again, as a user would, and so is a void one. */
async function validRun(port: number, length: Length): Promise<Report> {
  for (let tries = 1; ; tries += 1) {
    const { result, noise } = await run(port, length)
    const isVoid = noise.steal > (length.stolenMax ?? Number.POSITIVE_INFINITY)
    if ((result.verdict !== 'invalid' && !isVoid) || tries === TRIES) return result
    if (isVoid) await new Promise(resolve => setTimeout(resolve, NEIGHBOURS_PAUSE_MS))
  }
}

/** Comparisons of a server that answers after `aMs` with one that answers after `bMs`; the same server where they agree. */
export async function comparisons(aMs: number, bMs: number, count: number, length: Length): Promise<Comparison[]> {
  const sides: { a: Report[]; b: Report[] } = { a: [], b: [] }
  const rounds = ROUNDS_COMPARED + (count - 1) * ROUNDS_APART
  const conduct = async (ports: { a: number; b: number }) => {
    for (const { side } of runOrder(rounds, true)) sides[side].push(await validRun(ports[side], length))
  }
  await withTarget({ delayUs: aMs * 1000 }, a =>
    aMs === bMs ? conduct({ a, b: a }) : withTarget({ delayUs: bMs * 1000 }, b => conduct({ a, b })),
  )
  return Array.from({ length: count }, (_, at) => {
    const rounds = (reports: Report[]) => reports.slice(at * ROUNDS_APART, at * ROUNDS_APART + ROUNDS_COMPARED)
    return compareReports(rounds(sides.a), rounds(sides.b), { seed: at })
  })
}

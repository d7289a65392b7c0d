import { NOISE_MAX, type Noise, withNoise } from './machine-noise.ts'
import type { Figures, Row, Span } from './row.ts'

/** One turn of all contestants, within which figures may be compared. */
export interface Round {
  figures: Record<string, Figures>
  noise: Record<string, Noise>
  void: boolean
}

/** What a row measured: the rounds that count, and those that neighbours spoiled. */
export interface Measured {
  row: Row
  counted: Round[]
  voided: Round[]
  missing: Record<string, string>
}

const EXTRA_ROUNDS = 2

const noiseOf = (round: Round): number =>
  Math.max(...Object.values(round.noise).map(({ foreign, steal }) => foreign + steal))

/**
 * Runs the contestants in turn, forwards and backwards, until as many rounds were undisturbed as the row wants; at most
 * two more than that. Where that is not reached the least disturbed rounds are taken, and stay marked as void.
 */
export async function interleave(row: Row, usual: number, span: Span, say: (text: string) => void): Promise<Measured> {
  const rounds = row.rounds ?? usual
  const missing: Record<string, string> = {}
  const present = Object.entries(row.contestants).filter(([name, contestant]) => {
    const reason = contestant.missing?.() ?? null
    if (reason !== null) missing[name] = reason
    return reason === null
  })
  const done: Round[] = []
  const quiet = () => done.filter(round => !round.void).length
  const most = 'rtbench' in missing ? 0 : rounds + EXTRA_ROUNDS
  while (done.length < most && quiet() < rounds) {
    const round: Round = { figures: {}, noise: {}, void: false }
    const turn = done.length % 2 === 0 ? present : present.toReversed()
    for (const [name, contestant] of turn) {
      say(`${row.title}: round ${done.length + 1}, ${name}`)
      const { result, noise } = await withNoise(() => contestant.run(span))
      round.figures[name] = result
      round.noise[name] = noise
    }
    round.void = row.anyNoise !== true && noiseOf(round) > NOISE_MAX
    done.push(round)
  }
  const ordered = done.toSorted((a, b) => noiseOf(a) - noiseOf(b))
  return { row, counted: ordered.slice(0, rounds), voided: ordered.slice(rounds), missing }
}

import type { Random } from '../world/random.ts'

export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Two-sided p of the Mann–Whitney U test: exact without ties up to 50 values, else the normal approximation. */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map(value => ({ value, first: true })), ...b.map(value => ({ value, first: false }))]
  all.sort((x, y) => x.value - y.value)
  let rankSum = 0
  let tieTerm = 0
  for (let from = 0; from < all.length;) {
    let to = from
    while (to < all.length && all[to]!.value === all[from]!.value) to += 1
    const rank = (from + 1 + to) / 2
    rankSum += rank * all.slice(from, to).filter(({ first }) => first).length
    tieTerm += (to - from) ** 3 - (to - from)
    from = to
  }
  const u = rankSum - (a.length * (a.length + 1)) / 2
  const smaller = Math.min(u, a.length * b.length - u)
  return tieTerm === 0 && all.length <= 50
    ? exactP(smaller, a.length, b.length)
    : normalP(smaller, a.length, b.length, tieTerm)
}

function exactP(u: number, n: number, m: number): number {
  const counts = orderings(n, m)
  const total = counts.reduce((sum, count) => sum + count, 0)
  const tail = counts.slice(0, Math.floor(u) + 1).reduce((sum, count) => sum + count, 0)
  return Math.min(1, (2 * tail) / total)
}

/** The smallest p that so many values a side can have: all of one side below all of the other. */
export function rarestP(runs: number): number {
  return exactP(0, runs, runs)
}

// A comparison asks for the same two sizes once per figure.
const known = new Map<string, readonly number[]>()

function orderings(n: number, m: number): readonly number[] {
  const sizes = `${n} ${m}`
  const counts = known.get(sizes) ?? countOrderings(n, m)
  known.set(sizes, counts)
  return counts
}

// Counts the orderings with each U: w(n, m)[u] = w(n - 1, m)[u - m] + w(n, m - 1)[u].
function countOrderings(n: number, m: number): readonly number[] {
  let above = Array.from({ length: m + 1 }, () => [1])
  for (let row = 1; row <= n; row += 1) {
    const current: number[][] = [[1]]
    for (let column = 1; column <= m; column += 1) {
      const left = current[column - 1]!
      const up = above[column]!
      current.push(Array.from({ length: row * column + 1 }, (_, at) => (up[at - column] ?? 0) + (left[at] ?? 0)))
    }
    above = current
  }
  return above[m]!
}

function normalP(u: number, n: number, m: number, tieTerm: number): number {
  const all = n + m
  const variance = ((n * m) / 12) * (all + 1 - tieTerm / (all * (all - 1)))
  if (variance <= 0) return 1
  const z = Math.max(0, (n * m) / 2 - u - 0.5) / Math.sqrt(variance)
  return Math.min(1, erfc(z / Math.SQRT2))
}

// Abramowitz and Stegun 7.1.26; off by at most 1.5e-7.
function erfc(x: number): number {
  const t = 1 / (1 + 0.3275911 * x)
  const polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return polynomial * Math.exp(-x * x)
}

/** Holm's step-down correction: each p as it counts among all of them, in their order. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, at) => at).sort((a, b) => ps[a]! - ps[b]!)
  const adjusted = ps.map(() => 1)
  let least = 0
  order.forEach((at, rank) => {
    least = Math.max(least, Math.min(1, ps[at]! * (ps.length - rank)))
    adjusted[at] = least
  })
  return adjusted
}

/**
 * A confidence interval of median(b) / median(a) by the circular block bootstrap: values are in the order of their
 * runs, and runs that follow each other are drawn together, so that a drifting machine does not narrow the interval.
 */
export function ratioInterval(
  a: readonly number[],
  b: readonly number[],
  random: Random,
  { confidence = 0.95, resamples = 1000 } = {},
): [low: number, high: number] {
  const ratios = Array.from({ length: resamples }, () => median(resample(b, random)) / median(resample(a, random)))
  ratios.sort((x, y) => x - y)
  const tail = (1 - confidence) / 2
  return [ratios[Math.floor(tail * resamples)]!, ratios[Math.ceil((1 - tail) * resamples) - 1]!]
}

function resample(values: readonly number[], random: Random): number[] {
  const block = Math.max(1, Math.round(Math.cbrt(values.length)))
  const drawn: number[] = []
  while (drawn.length < values.length) {
    const start = Math.floor(random() * values.length)
    for (let at = 0; at < block && drawn.length < values.length; at += 1)
      drawn.push(values[(start + at) % values.length]!)
  }
  return drawn
}

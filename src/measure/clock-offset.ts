/** Another clock asked for its time: asked and answered by ours, and what it said. All in ms. */
export interface ClockSample {
  askedAtMs: number
  answeredAtMs: number
  theirsMs: number
}

export interface ClockOffset {
  /** How far their clock is ahead of ours. */
  offsetMs: number
  /** It is not further from the truth than this, however unlike the two directions of the path are. */
  plusMinusMs: number
  bestRoundTripMs: number
  samples: number
}

/** The least that shows whether the answers go with one clock at all. */
const LEAST_SAMPLES = 3
/** Clocks that are slewed drift apart by less in any run; more is a clock that was set, or an answer from a cache. */
const MOST_DRIFT_MS = 50

/**
 * As NTP does it (RFC 5905 §8 and §10): the sample of the shortest round trip is the best, its middle the estimate, half
 * of it the error. By as much as other samples contradict it the clocks drifted meanwhile: that is added to the error.
 * Null: the answers do not go with one clock.
 */
export function clockOffset(samples: readonly ClockSample[]): ClockOffset | null {
  if (samples.length < LEAST_SAMPLES) return null
  const roundTrip = ({ askedAtMs, answeredAtMs }: ClockSample) => answeredAtMs - askedAtMs
  const best = samples.reduce((least, sample) => (roundTrip(sample) < roundTrip(least) ? sample : least))
  const [low, high] = boundsOf(best)
  const drifts = samples.map(sample => {
    const [otherLow, otherHigh] = boundsOf(sample)
    return Math.max(0, otherLow - high, low - otherHigh)
  })
  const driftMs = Math.max(...drifts)
  if (driftMs > MOST_DRIFT_MS) return null
  return {
    offsetMs: (low + high) / 2,
    plusMinusMs: (high - low) / 2 + driftMs,
    bestRoundTripMs: high - low,
    samples: samples.length,
  }
}

// Their time was read somewhere between the question and the answer.
const boundsOf = ({ askedAtMs, answeredAtMs, theirsMs }: ClockSample): [number, number] => [
  theirsMs - answeredAtMs,
  theirsMs - askedAtMs,
]

import { decodeFromCompressedBase64, encodeIntoCompressedBase64, Int32Histogram } from 'hdr-histogram-js'
import type { HistogramMetric } from '../report/report.ts'

// The buckets are HdrHistogram's for 1 µs to 1 h at 3 significant digits: bucket i of any two histograms means the same
// range, so they add exactly. Recording is ours, because it runs once per message and the library's takes a logarithm
// and two powers for it; the encoding is the library's.
const HIGHEST_US = 3_600_000_000
const SIGNIFICANT_DIGITS = 3
const MOST_PER_BUCKET = 0xffff_ffff
const layout = new Int32Histogram(1, HIGHEST_US, SIGNIFICANT_DIGITS)

// 2048 buckets of 1 µs, then 1024 for every doubling. 1 h in µs still fits in 32 bits.
function indexOf(us: number): number {
  if (us < 2048) return us
  const doublings = 21 - Math.clz32(us)
  return doublings * 1024 + (us >>> doublings)
}

// The last bucket that holds nothing above `us`.
function lastIndexUpTo(us: number): number {
  const index = indexOf(Math.round(us))
  return highest(index) <= us ? index : index - 1
}

function highest(index: number): number {
  return Math.min(layout.highestEquivalentValue(layout.valueFromIndex(index)), HIGHEST_US)
}

/** Durations in µs, 1 µs to 1 h at 3 significant digits; merges bucket for bucket. */
export class Histogram {
  count = 0
  /** Values that were below zero, above 1 h or not a number. The first two count at the border, the last not at all. */
  clamped = 0
  #counts = new Uint32Array(layout.countsArrayLength)
  #last = -1

  record(us: number): void {
    this.recordTimes(us, 1)
  }

  recordTimes(us: number, times: number): void {
    if (us >= 0 && us <= HIGHEST_US) this.#addAt(indexOf(Math.round(us)), times)
    else {
      this.clamped += times
      if (!Number.isNaN(us)) this.#addAt(us < 0 ? 0 : indexOf(HIGHEST_US), times)
    }
  }

  add(other: Histogram): void {
    for (let index = 0; index <= other.#last; index += 1) {
      const count = other.#counts[index]!
      if (count > 0) this.#addAt(index, count)
    }
    this.clamped += other.clamped
  }

  reset(): void {
    this.#counts.fill(0, 0, this.#last + 1)
    this.#last = -1
    this.count = 0
    this.clamped = 0
  }

  /** The whole content as [clamped, index, count, index, count, …], for another process; leaves this one empty. */
  takeSparse(): Uint32Array {
    let filled = 0
    for (let index = 0; index <= this.#last; index += 1) if (this.#counts[index]! > 0) filled += 1
    const pairs = new Uint32Array(1 + 2 * filled)
    pairs[0] = this.clamped
    for (let index = 0, at = 1; index <= this.#last; index += 1) {
      const count = this.#counts[index]!
      if (count === 0) continue
      pairs[at] = index
      pairs[at + 1] = count
      at += 2
    }
    this.reset()
    return pairs
  }

  addSparse(pairs: Uint32Array): void {
    this.clamped += pairs[0] ?? 0
    for (let at = 1; at + 1 < pairs.length; at += 2) this.#addAt(pairs[at]!, pairs[at + 1]!)
  }

  /** Every bucket in use, ascending: the range it stands for in µs (both ends included) and its count. */
  *filled(): Generator<{ fromUs: number; toUs: number; count: number }> {
    for (let index = 0; index <= this.#last; index += 1) {
      const count = this.#counts[index]!
      if (count > 0) yield { fromUs: layout.valueFromIndex(index), toUs: highest(index), count }
    }
  }

  /** How many values are in (previous limit, limit]; whatever is above the last limit belongs to it. */
  countsUpTo(limitsUs: readonly number[]): number[] {
    const counts = limitsUs.map(() => 0)
    let row = 0
    let until = lastIndexUpTo(limitsUs[0]!)
    for (let index = 0; index <= this.#last; index += 1) {
      while (index > until && row < limitsUs.length - 1) {
        row += 1
        until = lastIndexUpTo(limitsUs[row]!)
      }
      counts[row]! += this.#counts[index]!
    }
    return counts
  }

  /** µs: the upper end of the bucket that `percent` (0 to 100) of all values do not exceed. Null without a value. */
  percentile(percent: number): number | null {
    // The tiny subtraction undoes products such as 0.999 * 1000 that come out one ulp above the whole number.
    const rank = Math.max(1, Math.ceil((Math.min(percent, 100) / 100) * this.count * (1 - Number.EPSILON)))
    let passed = 0
    for (let index = 0; index <= this.#last; index += 1) {
      passed += this.#counts[index]!
      if (passed >= rank) return percent === 0 ? layout.valueFromIndex(index) : highest(index)
    }
    return null
  }

  /** µs, each value taken as the middle of its bucket. */
  mean(): number {
    let sum = 0
    for (const { fromUs, count } of this.filled()) sum += layout.medianEquivalentValue(fromUs) * count
    return this.count === 0 ? 0 : sum / this.count
  }

  /** HdrHistogram V2 compressed, base64: what other HDR tools read. */
  encode(): string {
    const buckets = new Int32Histogram(1, HIGHEST_US, SIGNIFICANT_DIGITS)
    for (let index = 0; index <= this.#last; index += 1) buckets.setCountAtIndex(index, this.#counts[index]!)
    buckets.establishInternalTackingValues(this.#last + 1)
    return encodeIntoCompressedBase64(buckets)
  }

  /** All figures come from the buckets alone, so a merged histogram shows what the undivided one would. */
  toMetric(): HistogramMetric {
    const ms = (percent: number) => (this.percentile(percent) ?? 0) / 1000
    return {
      type: 'histogram',
      unit: 'ms',
      count: this.count,
      min: ms(0),
      mean: Math.round(this.mean()) / 1000,
      p50: ms(50),
      p90: ms(90),
      p95: ms(95),
      p99: ms(99),
      p999: ms(99.9),
      max: ms(100),
      hdr: this.encode(),
    }
  }

  #addAt(index: number, times: number): void {
    const count = this.#counts[index]! + times
    if (!(count <= MOST_PER_BUCKET)) throw new RangeError('a histogram bucket holds at most 2^32 - 1 values')
    this.#counts[index] = count
    this.count += times
    if (index > this.#last && times > 0) this.#last = index
  }
}

export function createHistogram(): Histogram {
  return new Histogram()
}

/** Reads what `encode` or another HDR tool with the same unit and precision wrote; throws on anything else. */
export function decodeHistogram(hdr: string): Histogram {
  const source = decodeFromCompressedBase64(hdr) as Int32Histogram
  if (source.numberOfSignificantValueDigits !== SIGNIFICANT_DIGITS || source.lowestDiscernibleValue !== 1) {
    throw new RangeError('a histogram with another precision than 3 digits from 1 µs cannot be added exactly')
  }
  const histogram = new Histogram()
  const last = source.totalCount === 0 ? -1 : source.countsArrayIndex(source.maxValue)
  for (let index = 0; index <= last; index += 1) {
    const count = source.getCountAtIndex(index)
    if (count > 0) histogram.recordTimes(source.valueFromIndex(index), count)
  }
  return histogram
}

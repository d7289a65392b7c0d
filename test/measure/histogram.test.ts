import assert from 'node:assert/strict'
import { test } from 'node:test'
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js'
import { createHistogram, decodeHistogram } from '../../src/measure/histogram.ts'
import { seededRandom } from '../../src/world/random.ts'

const withValues = (...values: number[]) => {
  const histogram = createHistogram()
  for (const value of values) histogram.record(value)
  return histogram
}

test('an empty histogram has count 0, zeros and no percentile', () => {
  const empty = createHistogram()
  assert.equal(empty.percentile(50), null)
  const { hdr, ...numbers } = empty.toMetric()
  assert.deepEqual(numbers, {
    type: 'histogram',
    unit: 'ms',
    count: 0,
    min: 0,
    mean: 0,
    p50: 0,
    p90: 0,
    p95: 0,
    p99: 0,
    p999: 0,
    max: 0,
  })
  assert.equal(decodeHistogram(hdr).count, 0)
})

test('microseconds come out as milliseconds, exact up to 2047 µs', () => {
  const metric = withValues(1, 500, 2047).toMetric()
  assert.deepEqual([metric.min, metric.p50, metric.max, metric.mean], [0.001, 0.5, 2.047, 0.849])
})

test('every percentile is within 0.1 % of the sorted values', () => {
  const random = seededRandom(7)
  const values = Array.from({ length: 20_000 }, () => Math.floor(10 ** (random() * 8)) + 1)
  const histogram = withValues(...values)
  values.sort((a, b) => a - b)
  for (const percent of [1, 25, 50, 90, 95, 99, 99.9, 100]) {
    const exact = values[Math.ceil((percent * values.length) / 100 - 1e-6) - 1]!
    const shown = histogram.percentile(percent)!
    assert.ok(shown >= exact && shown <= exact * 1.001 + 1, `p${percent}: ${shown} for ${exact}`)
  }
})

test('fractions are rounded and zero is a value', () => {
  const histogram = withValues(0, 0.4, 10.6)
  assert.equal(histogram.percentile(50), 0)
  assert.equal(histogram.percentile(100), 11)
  assert.equal(histogram.clamped, 0)
})

test('values out of range clamp to the borders and are counted, NaN is only counted', () => {
  const histogram = withValues(-5, 4e9, Infinity, NaN)
  assert.equal(histogram.clamped, 4)
  assert.equal(histogram.count, 3)
  assert.equal(histogram.percentile(0), 0)
  assert.equal(histogram.percentile(100), 3_600_000_000)
})

test('recordTimes equals as many records', () => {
  const many = createHistogram()
  many.recordTimes(1234, 1000)
  many.recordTimes(99_999, 3)
  const single = createHistogram()
  for (let i = 0; i < 1000; i += 1) single.record(1234)
  for (let i = 0; i < 3; i += 1) single.record(99_999)
  assert.deepEqual(many.toMetric(), single.toMetric())
})

test('add, encode with decode, and sparse pairs each keep every bucket', () => {
  const random = seededRandom(11)
  const whole = createHistogram()
  const added = createHistogram()
  const sparse = createHistogram()
  for (let part = 0; part < 4; part += 1) {
    const piece = createHistogram()
    for (let i = 0; i < 5000; i += 1) {
      const us = 10 ** (random() * 9.5)
      piece.record(us)
      whole.record(us)
    }
    added.add(decodeHistogram(piece.encode()))
    added.clamped += piece.clamped
    sparse.addSparse(piece.takeSparse())
    assert.equal(piece.count, 0, 'takeSparse leaves the piece empty')
  }
  assert.deepEqual([...added.filled()], [...whole.filled()])
  assert.deepEqual(sparse.toMetric(), whole.toMetric())
  assert.deepEqual(added.toMetric(), whole.toMetric())
  assert.equal(sparse.clamped, whole.clamped)
})

test('values fall into the buckets of the HdrHistogram library', () => {
  const random = seededRandom(3)
  const theirs = build({ highestTrackableValue: 3_600_000_000, autoResize: false })
  const ours = createHistogram()
  for (const us of [0, 1, 2047, 2048, 2049, 4095, 4096, 3_600_000_000]) {
    ours.record(us)
    theirs.recordValue(us)
  }
  for (let i = 0; i < 20_000; i += 1) {
    const us = Math.floor(10 ** (random() * 9.5))
    ours.record(us)
    theirs.recordValue(us)
  }
  for (const percent of [10, 50, 90, 99, 99.9, 99.99]) {
    assert.equal(ours.percentile(percent), theirs.getValueAtPercentile(percent), `p${percent}`)
  }
  assert.equal(ours.mean(), theirs.mean)
  assert.equal(ours.encode(), encodeIntoCompressedBase64(theirs))
})

test('the encoded text is read by the HdrHistogram library as it is', () => {
  const read = decodeFromCompressedBase64(withValues(100, 100, 2000).encode())
  assert.equal(read.totalCount, 3)
  assert.equal(read.getValueAtPercentile(100), 2000)
})

test('reset empties the histogram', () => {
  const histogram = withValues(5, NaN)
  histogram.reset()
  assert.equal(histogram.count, 0)
  assert.equal(histogram.clamped, 0)
  assert.deepEqual([...histogram.filled()], [])
})

test('a bucket that would overflow is an error, not a smaller number', () => {
  const histogram = createHistogram()
  histogram.recordTimes(5, 0xffff_ffff)
  assert.throws(() => histogram.recordTimes(5, 1), /2\^32/)
})

test('text that is not a histogram, or has another precision, is refused', () => {
  assert.throws(() => decodeHistogram('bm90IGEgaGlzdG9ncmFt'))
  assert.throws(() => decodeHistogram(''))
  const coarse = build({ numberOfSignificantValueDigits: 2, highestTrackableValue: 1000 })
  assert.throws(() => decodeHistogram(encodeIntoCompressedBase64(coarse)), /precision/)
})

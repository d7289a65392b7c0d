import assert from 'node:assert/strict'
import test from 'node:test'
import { Collector } from '../../src/measure/collector.ts'
import { decodeHistogram } from '../../src/measure/histogram.ts'
import { Recorder } from '../../src/measure/recorder.ts'
import { EXAMPLES_KEPT } from '../../src/measure/snapshot.ts'
import { seededRandom } from '../../src/world/random.ts'

test('counts and histograms add up exactly over workers and intervals', () => {
  const random = seededRandom(4)
  const workers = [new Recorder(), new Recorder(), new Recorder()]
  const collector = new Collector(['rtt'])
  const whole = new Recorder()
  const perInterval: number[] = []
  for (let interval = 0; interval < 7; interval += 1) {
    let inInterval = 0
    for (const worker of workers) {
      const count = Math.floor(random() * 50)
      inInterval += count
      worker.hot.msgs_sent += count
      worker.count('tries', 2 * count)
      for (let i = 0; i < count; i += 1) {
        const ms = random() * 500
        worker.recordMs('rtt', ms)
        whole.recordMs('rtt', ms)
      }
      collector.add(structuredClone(worker.take(interval, { connections: 2 })))
    }
    perInterval.push(inInterval)
  }
  const total = perInterval.reduce((sum, count) => sum + count, 0)
  assert.equal(collector.counter('msgs_sent'), total)
  assert.equal(collector.counter('tries'), 2 * total)
  assert.deepEqual(
    collector.intervals.map(({ counters }) => counters['msgs_sent'] ?? 0),
    perInterval,
  )
  assert.deepEqual(
    collector.intervals.map(({ levels }) => levels['connections']),
    perInterval.map(() => 6),
  )
  assert.deepEqual(collector.histograms.get('rtt')!.toMetric(), whole.histogram('rtt').toMetric())
  assert.deepEqual(
    perInterval.map((_, i) => collector.summary(i, 'rtt')?.count ?? 0),
    perInterval,
  )
  const window = collector.window('rtt', 2, 5)
  assert.equal(window.count, perInterval[2]! + perInterval[3]! + perInterval[4]!)
})

test('a followed total is told as what was added since the last time', () => {
  const recorder = new Recorder()
  let bytes = 0
  recorder.follow('bytes', () => bytes)
  const told = [100, 100, 350, 340].map(total => {
    bytes = total
    return recorder.take(0, {}).counters['bytes']
  })
  assert.deepEqual(told, [100, undefined, 250, -10])
})

test('an interval that a worker skipped is empty, not missing', () => {
  const collector = new Collector([])
  const recorder = new Recorder()
  recorder.count('a')
  collector.add(recorder.take(3, {}))
  assert.deepEqual(
    collector.intervals.map(({ counters }) => counters['a'] ?? 0),
    [0, 0, 0, 1],
  )
  assert.equal(collector.summary(0, 'rtt'), null)
  assert.equal(collector.summary(99, 'rtt'), null)
})

test('each interval starts from nothing', () => {
  const recorder = new Recorder()
  const histogram = recorder.histogram('rtt')
  histogram.record(10)
  recorder.failed('reset', 'a')
  recorder.hot.polls = 2
  recorder.take(0, {})
  assert.deepEqual(recorder.take(1, {}), {
    interval: 1,
    counters: {},
    levels: {},
    histograms: {},
    failures: {},
    skews: new Float64Array(),
  })
  histogram.record(20)
  assert.equal(Object.keys(recorder.take(2, {}).histograms).length, 1)
})

test('of failures the count is whole and the examples are few and different', () => {
  const collector = new Collector([])
  for (let worker = 0; worker < 4; worker += 1) {
    const recorder = new Recorder()
    for (let i = 0; i < 100; i += 1) recorder.failed('refused', `port ${worker} ${i % 2}`)
    recorder.failed('reset', 'gone')
    collector.add(recorder.take(0, {}))
  }
  const [refused, reset] = collector.failureClasses()
  assert.deepEqual([refused!.class, refused!.count], ['refused', 400])
  assert.equal(refused!.examples.length, EXAMPLES_KEPT)
  assert.equal(new Set(refused!.examples).size, EXAMPLES_KEPT)
  assert.deepEqual(reset, { class: 'reset', count: 4, examples: ['gone'] })
})

test('the buckets of each interval stay, up to half an hour of seconds', () => {
  const collector = new Collector(['rtt'], 'rtt')
  const recorder = new Recorder()
  const add = (interval: number) => {
    if (interval % 2 === 0) recorder.recordMs('rtt', interval + 1)
    collector.add(recorder.take(interval, {}))
  }
  for (let interval = 0; interval < 1800; interval += 1) add(interval)
  const hdrs = collector.hdrs()!
  assert.equal(hdrs.length, 1800)
  for (const interval of [0, 1000, 1798]) {
    const { p50, count } = decodeHistogram(hdrs[interval]!).toMetric()
    assert.ok(count === 1 && Math.abs(p50 / (interval + 1) - 1) < 0.001)
    assert.equal(hdrs[interval + 1], null)
  }
  add(1800)
  assert.equal(collector.hdrs(), null)
  assert.ok(collector.intervals.every(({ hdr }) => hdr === null))
})

test('whole histograms of a long run are let go, their percentiles stay', () => {
  const collector = new Collector(['rtt'])
  const recorder = new Recorder()
  for (let interval = 0; interval < 200; interval += 1) {
    recorder.recordMs('rtt', interval + 1)
    collector.add(recorder.take(interval, {}))
  }
  assert.ok(collector.intervals.filter(({ histograms }) => histograms.size > 0).length <= 64)
  const first = collector.summary(0, 'rtt')
  assert.ok(first !== null && Math.abs(first.p50 - 1) < 0.01 && first.count === 1)
})

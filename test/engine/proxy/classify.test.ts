import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { classifyStream } from '../../../src/engine/proxy/classify/classify-stream.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { coalesced, normal, observation, sizeBuffered, syntheticStream, throughPath } from './synthetic-path.ts'

const SIZES = ['small', 'large'] as const

describe('a stream is classified by its times and sizes', () => {
  test('a direct path with 200 ms of delay and 50 ms of jitter never alarms: 4,000 streams', () => {
    for (let seed = 0; seed < 1000; seed += 1) {
      const random = seededRandom(seed)
      const paths = [() => 200 + (random() - 0.5) * 100, () => Math.max(1, 200 + normal(random, 50))]
      for (const delay of paths)
        for (const size of SIZES) {
          const found = classifyStream(throughPath(syntheticStream(size, random), random, delay))
          assert.deepEqual([found.body.kind, found.headersHeld], ['STREAM', false], `seed ${seed} ${size}`)
        }
    }
  })

  test('a direct path that loses one packet in fifty never alarms', () => {
    for (let seed = 0; seed < 500; seed += 1) {
      const random = seededRandom(seed)
      const delay = () => 80 + (random() < 0.02 ? 240 : random() * 10)
      for (const size of SIZES) {
        const found = classifyStream(throughPath(syntheticStream(size, random), random, delay))
        assert.deepEqual(found.body, { kind: 'STREAM' }, `seed ${seed} ${size}`)
      }
    }
  })

  test('a timer of 200 to 500 ms is found with its period, whatever the size of the events', () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const random = seededRandom(seed)
      const ms = 200 + random() * 300
      for (const size of SIZES) {
        const { body } = classifyStream(coalesced(syntheticStream(size, random), random, ms))
        assert.equal(body.kind, 'TIME_COALESCE', `seed ${seed} ${size} ${ms}`)
        assert.ok(body.kind === 'TIME_COALESCE' && Math.abs(body.ms - ms) <= 110, `seed ${seed} ${ms}`)
      }
    }
  })

  test('a buffer of 4 to 32 KiB is found with its size', () => {
    for (const bytes of [4096, 8192, 16_384, 32_768])
      for (let seed = 0; seed < 50; seed += 1) {
        const random = seededRandom(seed)
        const stream = syntheticStream('large', random)
        const found = classifyStream(sizeBuffered(stream, random, bytes, Math.floor(random() * 600)))
        assert.deepEqual(found.body, { kind: 'SIZE_BUFFER', bytes }, `seed ${seed} ${bytes}`)
        assert.equal(found.headersHeld, true)
      }
  })

  test('a buffer that the stream never fills is a stream held until its end', () => {
    const random = seededRandom(1)
    const found = classifyStream(sizeBuffered(syntheticStream('small', random), random, 4096, 200))
    assert.deepEqual(found.body, { kind: 'UNTIL_CLOSE' })
    assert.ok(found.evidence.some(line => line.includes('58 events in 1 burst of up to 58')))
  })

  test('a head that waits for the first event is told apart from a stream that flows', () => {
    const random = seededRandom(2)
    const stream = syntheticStream('small', random)
    const flowing = throughPath(stream, random, () => 3)
    const held = { ...flowing, headAtMs: flowing.events[0]!.arrivedAtMs }
    const found = classifyStream(held)
    assert.deepEqual([found.body.kind, found.headersHeld], ['STREAM', true])
  })

  test('without emission times a burst at the end is still seen, and a steady stream is not accused', () => {
    const random = seededRandom(3)
    const stream = syntheticStream('small', random)
    const unknown = (seen: ReturnType<typeof throughPath>) => ({
      ...seen,
      headSentAtMs: null,
      emitted: null,
      events: seen.events.map(event => ({ ...event, emittedAtMs: null })),
    })
    const late = unknown(sizeBuffered(stream, random, 4096, 0))
    assert.deepEqual(classifyStream(late).body, { kind: 'UNTIL_CLOSE' })
    const steady = classifyStream(unknown(throughPath(stream, random, () => 5)))
    assert.deepEqual([steady.body.kind, steady.certain], ['STREAM', false])
  })

  test('a client whose loop stood still for a moment does not accuse the path', () => {
    const random = seededRandom(4)
    const stream = syntheticStream('small', random)
    const events = stream.emissions.map(({ atMs, bytes }) => ({
      emittedAtMs: atMs,
      arrivedAtMs: atMs > 3000 && atMs < 3400 ? 3400 : atMs + 2,
      bytes,
    }))
    assert.deepEqual(classifyStream(observation(stream, events, 2, stream.endMs)).body, { kind: 'STREAM' })
  })

  test('no event at all is no verdict', () => {
    const found = classifyStream(observation({ emissions: [], endMs: 5000 }, [], 3, 5000))
    assert.deepEqual(found.body, { kind: 'NOTHING' })
  })
})

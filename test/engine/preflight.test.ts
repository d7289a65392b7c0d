import assert from 'node:assert/strict'
import test from 'node:test'
import { machineLimits, obstacle, workerCount } from '../../src/engine/preflight.ts'

const limits = { files: 1024, cores: 4, ports: 28_232 }

test('one worker per core, more where files run out, never more than connections', () => {
  assert.equal(workerCount(100, null, limits), 4)
  assert.equal(workerCount(2, null, limits), 2)
  assert.equal(workerCount(10_000, null, limits), Math.ceil(10_000 / 924))
  assert.equal(workerCount(10_000, 3, limits), 3)
  assert.equal(workerCount(10, null, { ...limits, files: 50 }) >= 1, true)
})

test('this machine has limits', () => {
  const { files, cores, ports } = machineLimits()
  assert.ok(files > 0 && cores > 0 && ports > 0)
})

test('what fits is no obstacle', () => {
  assert.equal(obstacle(3000, 4, 0, 1, limits), null)
})

test('too many files: how many workers, or which limit', () => {
  const sentence = obstacle(10_000, 2, 0, 1, limits)
  assert.match(sentence!, /--workers 11 or run `ulimit -n 5100`/)
})

test('too many ports: how many source addresses', () => {
  const many = { ...limits, files: 1_000_000 }
  assert.match(obstacle(60_000, 2, 1, 1, many)!, /give 3 source addresses with --local-address/)
  assert.equal(obstacle(60_000, 2, 3, 1, many), null)
})

import assert from 'node:assert/strict'
import test from 'node:test'
import { arithmetic, machineLimits, obstacle, workerCount } from '../../src/engine/preflight.ts'

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

test('a large run says what it takes of what there is, a small one nothing', () => {
  const roomy = { files: 20_000, cores: 2, ports: 28_232 }
  assert.equal(arithmetic(100, 2, 0, false, roomy), '')
  assert.equal(
    arithmetic(50_000, 3, 18, false, roomy),
    '50000 connections over 3 workers: 16667 of 20000 open files each (ulimit -n, --workers); 50000 of 508176 ports: 28232 by 18 source addresses (--local-address); about 537 MiB of memory',
  )
})

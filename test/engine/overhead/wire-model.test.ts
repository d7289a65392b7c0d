import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { test } from 'node:test'
import { modelWire } from '../../../src/engine/overhead/wire-model.ts'

const counts = {
  sent: 0,
  received: 10_200,
  payloadReceived: 10_000,
  framingReceived: 200,
  framingSent: 0,
  chunkReceived: 0,
  reads: 100,
  polls: 0,
  emptyAnswers: 0,
}
const push = { counts, isPolling: false, answerAfterMs: 0, requestAfterMs: 0, isLoopback: false, hasTls: false }

test('a pushed message is a segment and its acknowledgement, with TLS a record more', () => {
  assert.deepEqual(modelWire(push), { segments: 200, tlsBytes: 0, tcpIpBytes: 10_400 })
  assert.equal(modelWire({ ...push, hasTls: true }).tlsBytes, 2200)
})

test('a poll is two segments, and one more for each side that has to acknowledge without data', () => {
  const polling = { ...push, isPolling: true, counts: { ...counts, polls: 100, sent: 20_000 } }
  assert.equal(modelWire(polling).segments, 200)
  assert.equal(modelWire({ ...polling, answerAfterMs: 50 }).segments, 300)
  assert.equal(modelWire({ ...polling, requestAfterMs: 1000 }).segments, 300)
})

test('large reads are as many segments as they need', () => {
  const large = { ...push, counts: { ...counts, received: 100 * 4000 } }
  assert.equal(modelWire(large).segments, 600)
  assert.equal(modelWire({ ...large, isLoopback: true }).segments, 200)
})

test("the model is within 3 % of the kernel's counters in a network namespace of its own", { timeout: 90_000 }, t => {
  const name = `rtbench-${process.pid}`
  const made = spawnSync('ip', ['netns', 'add', name])
  if (made.status !== 0) {
    t.skip(`no network namespace can be made: ${made.error?.message ?? String(made.stderr).trim()}`)
    return
  }
  try {
    assert.equal(spawnSync('ip', ['-n', name, 'link', 'set', 'lo', 'up']).status, 0)
    const file = path.join(import.meta.dirname, 'namespace-run.js')
    const run = spawnSync('ip', ['netns', 'exec', name, process.execPath, file], { encoding: 'utf8', timeout: 60_000 })
    assert.equal(run.status, 0, run.stderr)
    const results = JSON.parse(run.stdout) as { way: string; kernel: number; modelled: number; messages: number }[]
    assert.equal(results.length, 3)
    for (const { way, kernel, modelled, messages } of results) {
      t.diagnostic(`${way}: ${messages} messages, ${kernel} bytes counted, ${modelled} modelled`)
      assert.ok(messages > 80, `${way}: ${messages} messages`)
      assert.ok(Math.abs(modelled / kernel - 1) <= 0.03, `${way}: ${kernel} counted, ${modelled} modelled`)
    }
  } finally {
    spawnSync('ip', ['netns', 'del', name])
  }
})

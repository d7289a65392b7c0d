// What the machine takes from workers and target, as judged from known figures.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { waitingReasons } from '../../../src/engine/load/waiting-for-cores.ts'
import { Collector } from '../../../src/measure/collector.ts'
import { Recorder } from '../../../src/measure/recorder.ts'
import { loadConfig } from '../../../src/index.ts'

interface Figures {
  url?: string
  delayMs?: number
  rttMs?: number
  crowded?: number
  cores?: number
}

function reasonsOf({ url = 'ws://192.0.2.1/', delayMs = 0, rttMs = 10, crowded = 0, cores = 1 }: Figures): string[] {
  const recorder = new Recorder()
  for (let i = 0; i < 100; i += 1) {
    recorder.recordMs('gen_run_delay', delayMs)
    recorder.recordMs('msg_rtt', rttMs)
  }
  recorder.count('gen_looks', 100)
  recorder.count('gen_crowded', crowded)
  const collector = new Collector([])
  collector.add(recorder.take(0, { gen_cpu: cores }))
  return waitingReasons(loadConfig({ url }), collector, 'msg_rtt')
}

describe('waits for a core', () => {
  it('below what figures may bear: no reason', () => {
    assert.deepEqual(reasonsOf({ delayMs: 0.35 }), [])
    assert.deepEqual(reasonsOf({ delayMs: 0.35, rttMs: 0.2 }), [])
  })

  it('above it: the figure and the remedy', () => {
    const [reason, ...others] = reasonsOf({ delayMs: 0.8 })
    assert.match(reason!, /^the workers waited 0\.8 ms for a core each time .*: stop what else runs on this machine/)
    assert.deepEqual(others, [])
  })

  it('answers that take long bear more: 1 % of their median for each of the two waits', () => {
    assert.deepEqual(reasonsOf({ delayMs: 0.9, rttMs: 100 }), [])
    assert.equal(reasonsOf({ delayMs: 1.2, rttMs: 100 }).length, 1)
  })

  it('a crowded machine spoils a target that runs on it, and no other', () => {
    assert.match(
      reasonsOf({ url: 'ws://127.0.0.1/', crowded: 100 }).join(),
      /^the target runs on this machine, .*100 %/,
    )
    assert.deepEqual(reasonsOf({ url: 'ws://127.0.0.1/', crowded: 90 }), [])
    assert.deepEqual(reasonsOf({ crowded: 100 }), [])
  })

  it('what calm workers see of others is not their own', () => {
    const url = 'ws://127.0.0.1/'
    assert.match(reasonsOf({ url, crowded: 70, cores: 0.2 }).join(), / 70 % of the time/)
    assert.deepEqual(reasonsOf({ url, crowded: 70 }), [])
    assert.deepEqual(reasonsOf({ url, crowded: 50, cores: 0.2 }), [])
  })
})

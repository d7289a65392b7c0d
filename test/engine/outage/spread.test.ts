import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveOutage } from '../../../src/config/outage-config.ts'
import { spreadHerd } from '../../../src/engine/outage/spread.ts'

const spread = (given: Record<string, string>, url: string | null = null, files = 20_000) =>
  spreadHerd(
    resolveOutage(url, given, path => path),
    { files, cores: 2, ports: 28_232 },
  )

test('a gate holds two sockets for each client: more of them where the file limit asks for it', () => {
  assert.deepEqual(spread({ connections: '2000' }), { workers: 2, gates: 1 })
  assert.deepEqual(spread({ connections: '10k' }), { workers: 2, gates: 2 })
  assert.deepEqual(spread({ connections: '10k', workers: '3' }), { workers: 4, gates: 2 })
  assert.deepEqual(spread({ connections: '1000' }, null, 1024), { workers: 3, gates: 3 })
})

test('with commands there is no gate, and what the machine cannot hold is refused with the arithmetic', () => {
  const commands = { downCmd: 'true', upCmd: 'true' }
  assert.deepEqual(spread({ connections: '10k', ...commands }, 'ws://127.0.0.1:1/'), { workers: 2, gates: 1 })
  assert.throws(() => spread({ connections: '30k' }), /28232 local ports/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appendBytes } from '../../../src/protocol/websocket/growing-buffer.ts'

const source = Buffer.from('0123456789')

test('a small announced size is allocated once, exactly', () => {
  const held = appendBytes(null, 0, source, 2, 5, 7)
  assert.equal(held.length, 7)
  assert.equal(appendBytes(held, 3, source, 5, 9, 7), held)
  assert.equal(held.toString('latin1'), '2345678')
})

test('a huge announced size costs no more than twice what came and 64 KiB', () => {
  let held: Buffer | null = null
  let used = 0
  const piece = Buffer.alloc(1000, 'x')
  let allocations = 0
  for (let i = 0; i < 3000; i += 1) {
    const next: Buffer = appendBytes(held, used, piece, 0, piece.length, 2 ** 40)
    if (next !== held) allocations += 1
    held = next
    used += piece.length
    assert.ok(held.length <= used * 2 + 65_536)
  }
  assert.ok(allocations < 12, `${allocations} allocations`)
  assert.ok(held?.subarray(0, used).every(octet => octet === 0x78))
})

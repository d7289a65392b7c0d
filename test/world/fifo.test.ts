import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fifo } from '../../src/world/fifo.ts'
import { seededRandom } from '../../src/world/random.ts'

test('comes out as it went in, as with an array', () => {
  const random = seededRandom(3)
  const fifo = new Fifo<number>()
  const array: number[] = []
  for (let i = 0; i < 50_000; i += 1) {
    // Grows at first, then is emptied.
    if (random() < (i < 20_000 ? 0.7 : 0.3)) {
      fifo.push(i)
      array.push(i)
    } else assert.equal(fifo.shift(), array.shift())
    assert.equal(fifo.length, array.length)
  }
})

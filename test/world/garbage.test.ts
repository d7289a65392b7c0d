import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { describe, it } from 'node:test'

const BYTES = 300 * 64 * 1024

// A process of its own: what a test runner allocates makes V8 collect at any moment.
const script = (collect: boolean) => `
import { collectYoungGarbage } from '${new URL('../../src/world/garbage.js', import.meta.url).href}'
const outsideHeap = () => process.memoryUsage().arrayBuffers
const before = outsideHeap()
for (let piece = 0; piece < 300; piece += 1) new Uint8Array(64 * 1024)
${collect ? 'collectYoungGarbage()' : ''}
// They are given back by another thread.
for (let look = 0; look < 50 && outsideHeap() - before > ${BYTES / 10}; look += 1) {
  await new Promise(resolve => setTimeout(resolve, 20))
}
console.log(outsideHeap() - before)
`
const bytesLeft = (collect: boolean) =>
  Number(execFileSync(process.execPath, ['--input-type=module', '-e', script(collect)], { encoding: 'utf8' }))

describe('collecting young garbage', () => {
  it('gives back dead buffers outside the heap, which V8 by itself leaves lying', t => {
    const collected = bytesLeft(true)
    assert.ok(collected <= BYTES / 10, `${collected} of ${BYTES} bytes are left`)
    if (bytesLeft(false) < BYTES / 2) t.skip('this V8 collected them by itself')
  })
})

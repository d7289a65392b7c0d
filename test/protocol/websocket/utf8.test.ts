import assert from 'node:assert/strict'
import { isUtf8 } from 'node:buffer'
import { test } from 'node:test'
import { isValidUtf8, Utf8Validator } from '../../../src/protocol/websocket/utf8.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { integer, randomText } from './random-stream.ts'

function accepts(bytes: Buffer): boolean {
  const validator = new Utf8Validator()
  return validator.push(bytes) && validator.complete
}

test('every sequence of up to three octets, and the borders of four, are judged as by the native check', () => {
  const borders = [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xff]
  for (let lead = 0; lead < 256; lead += 1) {
    for (let second = 0; second < 256; second += 1) {
      for (const third of borders) {
        for (const fourth of borders) {
          const bytes = Buffer.of(lead, second, third, fourth)
          const expected = isUtf8(bytes)
          if (isValidUtf8(bytes, 0, 4) !== expected || accepts(bytes) !== expected) assert.fail(bytes.toString('hex'))
        }
      }
      for (const size of [1, 2]) {
        const bytes = Buffer.of(lead, second).subarray(0, size)
        if (isValidUtf8(bytes, 0, size) !== isUtf8(bytes) || accepts(bytes) !== isUtf8(bytes))
          assert.fail(`${lead} ${second}`)
      }
    }
  }
})

test('random texts with one octet changed are judged as by the native check, at every size and in pieces', () => {
  const random = seededRandom(3)
  let invalid = 0
  for (let round = 0; round < 3000; round += 1) {
    const text = randomText(random, 128)
    const bytes = Buffer.concat([Buffer.of(0xff), text, text.subarray(0, integer(random, 0, 60)), Buffer.of(0xff)])
    if (random() < 0.5) bytes[integer(random, 1, bytes.length - 2)] = integer(random, 0, 255)
    const inner = bytes.subarray(1, -1)
    const expected = isUtf8(inner)
    assert.equal(isValidUtf8(bytes, 1, bytes.length - 1), expected, inner.toString('hex'))
    const cut = integer(random, 0, inner.length)
    const validator = new Utf8Validator()
    const ok = validator.push(bytes, 1, 1 + cut) && validator.push(inner.subarray(cut)) && validator.complete
    assert.equal(ok, expected, inner.toString('hex'))
    if (!expected) invalid += 1
  }
  assert.ok(invalid > 300)
})

test('the first octet that cannot belong fails at once, and its place is known', () => {
  const cases: [string, number][] = [
    ['cebae1bdb9cf83cebcceb5eda080656469746564', 12],
    ['41f4908080', 2],
    ['c0', 0],
    ['e0809f', 1],
    ['4180', 1],
    ['e28228', 2],
  ]
  for (const [hex, at] of cases) {
    const validator = new Utf8Validator()
    const fed = [...Buffer.from(hex, 'hex')].map(octet => validator.push(Buffer.of(octet)))
    assert.equal(fed.indexOf(false), at, hex)
    assert.equal(validator.failedAt, at, hex)
    assert.equal(validator.complete, false)
  }
})

test('an open sequence is not complete and not yet wrong', () => {
  const validator = new Utf8Validator()
  assert.equal(validator.push(Buffer.from('e282', 'hex')), true)
  assert.equal(validator.complete, false)
  assert.equal(validator.push(Buffer.from('ac', 'hex')), true)
  assert.equal(validator.complete, true)
})

import assert from 'node:assert/strict'
import { isUtf8 } from 'node:buffer'
import { test } from 'node:test'
import { utf8Progress } from '../../src/endpoint/utf8-progress.ts'
import { seededRandom } from '../../src/world/random.ts'

const unmasked = Buffer.alloc(4)

/** The number of octets taken before the text is refused, or undefined if it never is. */
function refusedAt(hex: string): number | undefined {
  const bytes = Buffer.from(hex, 'hex')
  const feed = utf8Progress()
  for (let at = 0; at < bytes.length; at++) if (!feed(bytes, at, at + 1, unmasked, at)) return at + 1
  return undefined
}

test('valid text is never refused, at the borders of every length too', () => {
  for (const text of ['', 'κόσμε', '\u0000\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff', '\u{10000}\u{10ffff}']) {
    assert.equal(refusedAt(Buffer.from(text).toString('hex')), undefined)
  }
})

test('bad text is refused at its first octet that cannot be right', () => {
  const expected = { c0: 1, c1: 1, '80': 1, f5: 1, ff: 1, e080: 2, f080: 2, f490: 2, eda0: 2, c328: 2, '61e28228': 4 }
  for (const [hex, octets] of Object.entries(expected)) assert.equal(refusedAt(hex), octets, hex)
})

test('random octets are refused exactly when no continuation makes them UTF-8', () => {
  const random = seededRandom(7)
  const endings = ['', '80', '8080', '808080', 'a080', 'a08080', '90', '9080', '908080', 'a0', '9f80'].map(hex =>
    Buffer.from(hex, 'hex'),
  )
  const starts = [0x41, 0xc3, 0xe0, 0xe2, 0xed, 0xf0, 0xf1, 0xf4, 0x80, 0x9f, 0xa0, 0xbf, 0xf5]
  for (let round = 0; round < 5000; round++) {
    const bytes = Buffer.from(Array.from({ length: 4 }, () => starts[Math.floor(random() * starts.length)]!))
    const completable = endings.some(ending => isUtf8(Buffer.concat([bytes, ending])))
    assert.equal(refusedAt(bytes.toString('hex')) === undefined, completable, bytes.toString('hex'))
  }
})

test('the masking key goes on where the last piece stopped', () => {
  const mask = Buffer.from('01020304', 'hex')
  const masked = Buffer.from('héllo wörld').map((octet, at) => octet ^ mask[at & 3]!)
  const feed = utf8Progress()
  const bytes = Buffer.from(masked)
  assert.equal(feed(bytes, 0, 5, mask, 0), true)
  assert.equal(feed(bytes, 5, bytes.length, mask, 5), true)
})

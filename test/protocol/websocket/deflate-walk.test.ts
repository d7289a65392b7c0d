import assert from 'node:assert/strict'
import { test } from 'node:test'
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'
import { type DeflateFacts, walkDeflate } from '../../../src/protocol/websocket/deflate-walk.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { integer, randomBytes } from './random-stream.ts'

const walkHex = (hex: string) => walkDeflate(Buffer.from(hex, 'hex'))
const facts = (given: Partial<DeflateFacts>, blocks: Partial<DeflateFacts['blocks']>): DeflateFacts => ({
  blocks: { stored: 0, fixed: 0, dynamic: 0, final: 0, ...blocks },
  outputBytes: 0,
  farthestDistance: 0,
  reachesBackBytes: 0,
  fault: null,
  ...given,
})

test('the vectors of RFC 7692 §7.2.3 are seen for what they are', () => {
  assert.deepEqual(walkHex('f248cdc9c90700'), facts({ outputBytes: 5 }, { fixed: 1, stored: 1 }))
  assert.deepEqual(walkHex('000500faff48656c6c6f00'), facts({ outputBytes: 5 }, { stored: 2 }))
  assert.deepEqual(walkHex('f348cdc9c9070000'), facts({ outputBytes: 5 }, { fixed: 1, final: 1, stored: 1 }))
  assert.deepEqual(walkHex('f24805000000ffffcac9c90700'), facts({ outputBytes: 5 }, { fixed: 2, stored: 2 }))
  assert.deepEqual(walkHex('00'), facts({}, { stored: 1 }))
  const reachingBack = facts({ outputBytes: 5, farthestDistance: 5, reachesBackBytes: 4 }, { fixed: 1, stored: 1 })
  assert.deepEqual(walkHex('f200110000'), reachingBack)
})

test('a message that does not end with an empty stored block is told', () => {
  for (const hex of ['', 'f248cd', 'f248cdc9c907', '000500faff4865', 'f348cdc9c90700', '01']) {
    assert.equal(walkHex(hex).fault, 'unfinished', hex)
  }
})

test('what no deflate stream may hold is told', () => {
  for (const hex of ['06', '0001000000', '1a03', '023e', '04009204']) assert.equal(walkHex(hex).fault, 'invalid', hex)
})

test('the distance of a far reference is exact', () => {
  for (const gap of [10, 255, 256, 257, 5000, 32_000]) {
    const marker = Buffer.from('a marker of some length')
    const noise = randomNoise(gap)
    const stream = deflateRawSync(Buffer.concat([marker, noise, marker]), { finishFlush: constants.Z_SYNC_FLUSH })
    assert.equal(walkDeflate(stream.subarray(0, -4)).farthestDistance, marker.length + gap)
  }
})

/** Octets over 0x80 in which no three ever come again, so that only the marker can be referred to. */
function randomNoise(size: number): Buffer {
  const noise = Buffer.alloc(size)
  for (let i = 0; i < size; i += 2) {
    noise[i] = 0x80 + ((i >> 1) & 0x7f)
    if (i + 1 < size) noise[i + 1] = 0x80 + ((i >> 8) & 0x7f)
  }
  return noise
}

test('random streams have the size that inflating gives, and damage is judged as zlib judges it', () => {
  const random = seededRandom(5)
  let damaged = 0
  for (let round = 0; round < 400; round += 1) {
    const message = randomBytes(random, 2000)
    const level = integer(random, 0, 9)
    const stream = deflateRawSync(message, { level, finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4)
    assert.equal(walkDeflate(stream).outputBytes, message.length)
    const broken = Buffer.from(stream)
    broken[integer(random, 0, Math.min(40, broken.length - 1))]! ^= 1 << integer(random, 0, 7)
    const walked = walkDeflate(broken)
    if (walked.blocks.final > 0) continue
    const size = inflatedSize(broken)
    // zlib also refuses references to before the message, which the walk reports as a fact of their own.
    const sound = walked.fault === null && walked.reachesBackBytes === 0
    if (sound) assert.equal(size, walked.outputBytes, broken.toString('hex'))
    if (walked.fault === 'invalid' || walked.reachesBackBytes > 0) assert.equal(size, null, broken.toString('hex'))
    if (size === null) damaged += 1
  }
  assert.ok(damaged > 50, `only ${damaged} of 400 could not be inflated`)
})

function inflatedSize(stream: Buffer): number | null {
  try {
    const input = Buffer.concat([stream, Buffer.from('0000ffff', 'hex')])
    return inflateRawSync(input, { finishFlush: constants.Z_SYNC_FLUSH }).length
  } catch {
    return null
  }
}

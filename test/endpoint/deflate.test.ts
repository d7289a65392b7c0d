import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { rawWebSocket } from './raw-connection.ts'
import { openWebSocket, withEndpoint } from './with-endpoint.ts'

const key = '00000000'

/** The payload of the first frame (up to 64 KiB), decompressed with a window. */
function inflated(frames: string, windowBits = 15): string {
  const bytes = Buffer.from(frames, 'hex')
  const start = (bytes[1]! & 0x7f) === 126 ? 4 : 2
  const compressed = Buffer.concat([bytes.subarray(start), Buffer.from('0000ffff', 'hex')])
  return inflateRawSync(compressed, { windowBits, finishFlush: 2 }).toString()
}

// RFC 7692 §7.2.3.1–5: all of them say Hello.
const vectors: Record<string, string> = {
  'one block': `c187${key}f248cdc9c90700`,
  'the same in two frames': `4183${key}f248cd 8084${key}c9c90700`,
  'a stored block': `c18b${key}000500faff48656c6c6f00`,
  'a block that is marked as the last': `c188${key}f348cdc9c9070000`,
  'two blocks': `c18d${key}f248050000 00ffffcac9c90700`,
  'a message that is not compressed': `8185${key}48656c6c6f`,
}

for (const [name, hex] of Object.entries(vectors)) {
  test(`compressed data is understood as ${name}, twice on one connection`, async t => {
    const endpoint = await withEndpoint(t, { deflate: true })
    const socket = await rawWebSocket(t, endpoint, 'permessage-deflate; server_no_context_takeover')
    for (let round = 1; round <= 2; round++) {
      socket.send(hex)
      const frames = await socket.untilFrames('810548656c6c6f'.repeat(round))
      assert.equal(frames, '810548656c6c6f'.repeat(round))
    }
  })
}

test('a second message may refer to the first', async t => {
  const endpoint = await withEndpoint(t, { deflate: true })
  const socket = await rawWebSocket(t, endpoint, 'permessage-deflate; server_no_context_takeover')
  socket.send(`c187${key}f248cdc9c90700`)
  // RFC 7692 §7.2.3.2: the same text from the window.
  socket.send(`c185${key}f200110000`)
  const expected = '810548656c6c6f'.repeat(2)
  assert.equal(await socket.untilFrames(expected), expected)
})

test('a small window is kept to', async t => {
  const endpoint = await withEndpoint(t, { deflate: true })
  for (const bits of [9, 12, 15]) {
    const socket = await rawWebSocket(t, endpoint, `permessage-deflate; server_max_window_bits=${bits}`)
    assert.match(
      socket.head,
      new RegExp(`^Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=${bits}\r$`, 'm'),
    )
    const text = Array.from({ length: 4000 }, (_, at) => (at * at) % 997)
      .join(' ')
      .slice(0, 10_000)
    socket.send(frameOf(Buffer.from(text)))
    await socket.untilFrames('00'.repeat(4))
    const size = Number.parseInt((await socket.untilFrames('00'.repeat(4))).slice(4, 8), 16)
    assert.equal(inflated(await socket.untilFrames('00'.repeat(size + 4)), bits), text)
  }
})

const broken: Record<string, [string, string]> = {
  'data that cannot be decompressed': [`c184${key}ffffffff`, '03ef'],
  'a reference to before the beginning': [frameOf(Buffer.from('hello hello'), 'hello '), '03ef'],
  'the compressed bit on a continuation': [`4183${key}f248cd c084${key}c9c90700`, '03ea'],
  'the compressed bit on a ping': [`c980${key}`, '03ea'],
  'another reserved bit': [`e187${key}f248cdc9c90700`, '03ea'],
  'text that is not UTF-8 once decompressed': [frameOf(Buffer.from('ff'.repeat(10), 'hex')), '03ef'],
  'a bomb': [frameOf(Buffer.alloc(64 * 1024 * 1024)), '03f1'],
}

for (const [name, [hex, code]] of Object.entries(broken)) {
  test(`${name} closes the connection`, async t => {
    const endpoint = await withEndpoint(t, { deflate: true })
    const socket = await rawWebSocket(t, endpoint, 'permessage-deflate')
    socket.send(hex)
    assert.match(await socket.lastFrames(), new RegExp(`^88..${code}`))
  })
}

test('a real client gets its compressed megabytes back', async t => {
  const endpoint = await withEndpoint(t, { deflate: true })
  const { socket, next } = await openWebSocket(t, endpoint.url('/echo', 'ws'))
  for (const length of [0, 16, 1024, 131_072, 4_000_000]) {
    const message = Buffer.alloc(length, 'the quick brown fox ')
    socket.send(message)
    assert.equal((await next()).data.equals(message), true)
  }
})

/** A compressed text frame; made against a dictionary, it refers to octets that the other side never had. */
function frameOf(payload: Buffer, dictionary = ''): string {
  const compressed = deflateRawSync(payload, { finishFlush: 2, dictionary: Buffer.from(dictionary) }).subarray(0, -4)
  const length = compressed.length
  assert.ok(length < 65_536)
  const header = length < 126 ? (0x80 | length).toString(16) : `fe${length.toString(16).padStart(4, '0')}`
  return `c1${header}${key}${compressed.toString('hex')}`
}

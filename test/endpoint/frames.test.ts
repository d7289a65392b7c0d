import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handshake, rawConnection, rawWebSocket } from './raw-connection.ts'
import { withEndpoint } from './with-endpoint.ts'

const key = '00000000'
const hello = `8185${key}68656c6c6f`
const helloBack = '810568656c6c6f'
const closed = { protocol: '880203ea', text: '880203ef', large: '880203f1', policy: '880203f0' }

/** The close frame at the end of what came back, reasons cut off. */
const closeFrame = (frames: string) => /88..(....)/.exec(frames.slice(frames.lastIndexOf('88')))?.[1]

const violations: Record<string, [string, string]> = {
  'an unmasked text': ['810568656c6c6f', closed.protocol],
  'an unmasked ping': ['8900', closed.protocol],
  'an unmasked continuation of a masked message': [`0181${key}61 800161`, closed.protocol],
  'a reserved bit': [`a181${key}61`, closed.protocol],
  'a compressed frame that was not negotiated': [`c181${key}61`, closed.protocol],
  'opcode 3': [`8380${key}`, closed.protocol],
  'opcode 11': [`8b80${key}`, closed.protocol],
  'a ping of 126 octets, on its header': [`89fe007e${key}`, closed.protocol],
  'a ping in a longer form': [`89fe0005${key}6162636465`, closed.protocol],
  'a fragmented ping': [`0980${key}`, closed.protocol],
  'a text in 16 bits that fits in 7': [`81fe0001${key}61`, closed.protocol],
  'a binary in 64 bits that fits in 16': [`82ff000000000000007e${key}`, closed.protocol],
  'a length with its top bit set': [`82ff8000000000000000${key}`, closed.large],
  'a length of 2^62': [`82ff4000000000000000${key}`, closed.large],
  'a continuation of nothing': [`8081${key}61`, closed.protocol],
  'a new text inside a message': [`0181${key}61 8181${key}62`, closed.protocol],
  'a whole text that is not UTF-8': [`8181${key}ff`, closed.text],
  'a text that goes wrong before its end': [`81fe03e8${key}61ff`, closed.text],
  'a fragment that goes wrong before the last': [`0181${key}f0 0081${key}80`, closed.text],
  'a close reason that is not UTF-8': [`8883${key}03e8ff`, closed.text],
  'a close of one octet': [`8881${key}03`, closed.protocol],
  'close code 1005': [`8882${key}03ed`, closed.protocol],
  'close code 1015': [`8882${key}03f7`, closed.protocol],
  'close code 2000': [`8882${key}07d0`, closed.protocol],
  'twenty thousand empty fragments': [`0180${key}${`0080${key}`.repeat(20_000)}`, closed.policy],
}

for (const [name, [hex, expected]] of Object.entries(violations)) {
  test(`${name} closes the connection, after the echo of what came before and before anything else`, async t => {
    const endpoint = await withEndpoint(t)
    const socket = await rawWebSocket(t, endpoint)
    socket.send(`${hello}${hex} ${hello}`)
    const frames = await socket.lastFrames()
    assert.ok(frames.startsWith(`${helloBack}88`), frames)
    assert.equal(closeFrame(frames), expected.slice(4))
  })
}

test('every legal close code is answered by itself, 1010 by 1000, none by none', async t => {
  const endpoint = await withEndpoint(t)
  const codes = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999]
  const answers = new Map([...codes.map(code => [code, code] as const), [1010, 1000]])
  for (const [code, answer] of answers) {
    const socket = await rawWebSocket(t, endpoint)
    socket.send(`8882${key}${code.toString(16).padStart(4, '0')}`)
    assert.equal(await socket.lastFrames(), `8802${answer.toString(16).padStart(4, '0')}`)
  }
  const socket = await rawWebSocket(t, endpoint)
  socket.send(`8880${key}`)
  assert.equal(await socket.lastFrames(), '8800')
})

test('a close reason comes back with its code', async t => {
  const endpoint = await withEndpoint(t)
  const socket = await rawWebSocket(t, endpoint)
  socket.send(`8885${key}03e8627965`)
  assert.equal(await socket.lastFrames(), '880503e8627965')
})

test('nothing after a close is answered', async t => {
  const endpoint = await withEndpoint(t)
  const socket = await rawWebSocket(t, endpoint)
  socket.send(`8882${key}03e8 8980${key} ${hello} 8882${key}0fa0`)
  assert.equal(await socket.lastFrames(), '880203e8')
})

test('pings are answered in order with their payload, inside a fragmented message before its echo', async t => {
  const endpoint = await withEndpoint(t)
  const socket = await rawWebSocket(t, endpoint)
  socket.send(`8980${key} 0182${key}6162 8982${key}0102 8081${key}63 8a80${key}`)
  const expected = '8a00 8a020102 8103616263'.replaceAll(' ', '')
  assert.equal(await socket.untilFrames(expected), expected)
})

test('ten thousand pings in one piece all get their pong', async t => {
  const endpoint = await withEndpoint(t)
  const socket = await rawWebSocket(t, endpoint)
  socket.send(`8980${key}`.repeat(10_000))
  assert.equal(await socket.untilFrames('8a00'.repeat(10_000)), '8a00'.repeat(10_000))
})

test('a frame glued to the handshake is answered', async t => {
  const endpoint = await withEndpoint(t)
  const connection = await rawConnection(t, endpoint.port)
  connection.socket.write(Buffer.concat([Buffer.from(handshake()), Buffer.from(hello, 'hex')]))
  await connection.until(text => text.endsWith('\x81\x05hello'))
})

test('a hundred frames in one piece are answered in order', async t => {
  const endpoint = await withEndpoint(t)
  const socket = await rawWebSocket(t, endpoint)
  socket.send(hello.repeat(100))
  assert.equal(await socket.untilFrames(helloBack.repeat(100)), helloBack.repeat(100))
})

test('a frame cut into single octets is understood', async t => {
  const endpoint = await withEndpoint(t)
  const socket = await rawWebSocket(t, endpoint)
  socket.socket.setNoDelay(true)
  for (const octet of Buffer.from(`81fe007e${key}${'61'.repeat(126)}`, 'hex')) {
    socket.socket.write(Buffer.from([octet]))
    await new Promise(setImmediate)
  }
  const expected = `817e007e${'61'.repeat(126)}`
  assert.equal(await socket.untilFrames(expected), expected)
})

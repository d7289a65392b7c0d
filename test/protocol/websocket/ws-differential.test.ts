import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeClosePayload } from '../../../src/protocol/websocket/close-code.ts'
import { Deflater, Inflater } from '../../../src/protocol/websocket/deflate.ts'
import { deflateDirections, type DeflateParameters } from '../../../src/protocol/websocket/deflate-parameters.ts'
import { encodeFrame } from '../../../src/protocol/websocket/frame.ts'
import { Receiver } from '../../../src/protocol/websocket/receiver.ts'
import { frameSize, MaskKeys, writeClose, writeFrame, writePong } from '../../../src/protocol/websocket/sender.ts'
import { type Random, seededRandom } from '../../../src/world/random.ts'
import { integer, randomBytes, randomSplit, randomText } from './random-stream.ts'
import { recordingSink, type Seen } from './recording-sink.ts'
import { WsSending, wsReceive } from './ws-peer.ts'

const MESSAGES = 40
const options = { maxMessageBytes: 1 << 24, validateUtf8: true }
const agreements: [string, DeflateParameters | undefined][] = [
  ['without deflate', undefined],
  ['with context takeover', agreed({})],
  ['without context takeover', agreed({ serverNoContextTakeover: true, clientNoContextTakeover: true })],
  ['with windows of 9 and 10 bits', agreed({ serverMaxWindowBits: 9, clientMaxWindowBits: 10 })],
]

function agreed(parameters: Partial<DeflateParameters>): DeflateParameters {
  const none = { serverNoContextTakeover: false, clientNoContextTakeover: false }
  return { ...none, serverMaxWindowBits: null, clientMaxWindowBits: null, ...parameters }
}

/** A server of `ws` sends text, binary, fragments with pings between them, pongs and a close. */
async function serverStream(seed: number, parameters?: DeflateParameters): Promise<{ wire: Buffer; sent: Seen[] }> {
  const random = seededRandom(seed)
  const sending = new WsSending(true, parameters)
  const sent: Seen[] = []
  for (let i = 0; i < MESSAGES; i += 1) {
    const binary = random() < 0.5
    const bytes = binary ? randomBytes(random) : randomText(random)
    const compress = parameters !== undefined && random() < 0.8
    const fragments = random() < 0.4 ? integer(random, 2, 5) : 1
    const size = Math.ceil(bytes.length / fragments)
    for (let part = 0; part < fragments; part += 1) {
      const fin = part === fragments - 1
      await sending.send(bytes.subarray(part * size, (part + 1) * size), { binary, compress, fin })
      if (fin) sent.push({ what: 'message', opcode: binary ? 2 : 1, bytes })
      if (random() < 0.7) continue
      const what = random() < 0.5 ? 'ping' : 'pong'
      const payload = randomBytes(random, 125)
      await sending.control(what, payload)
      sent.push({ what, bytes: payload })
    }
  }
  await sending.close(4321, Buffer.from('genug'))
  sent.push({ what: 'close', code: 4321, text: 'genug' })
  return { wire: Buffer.concat(sending.chunks), sent }
}

for (const [title, parameters] of agreements) {
  for (const seed of [1, 2, 3]) {
    test(`everything a ws server sends arrives, ${title}, split at random (seed ${seed})`, async () => {
      const { wire, sent } = await serverStream(seed, parameters)
      const inflater = parameters === undefined ? null : new Inflater(deflateDirections(parameters).server)
      const receiver = new Receiver<string>(options, inflater)
      const sink = recordingSink()
      const shared = Buffer.alloc(40_000)
      for (const piece of randomSplit(seededRandom(seed + 100), wire)) {
        shared.fill(0xee)
        shared.set(piece)
        receiver.push(shared, 0, piece.length, sink, '')
      }
      assert.deepEqual(sink.seen, sent)
      assert.equal(sink.bytes.payload + sink.bytes.framing, wire.length)
      assert.equal(sink.nonMinimalLengths, 0)
    })

    test(`a ws server understands everything that is sent, ${title} (seed ${seed})`, async () => {
      const random = seededRandom(seed)
      const deflater = parameters === undefined ? null : new Deflater(deflateDirections(parameters).client)
      const keys = new MaskKeys()
      const expected: Seen[] = []
      const frames: Buffer[] = []
      for (let i = 0; i < MESSAGES; i += 1) {
        const opcode = random() < 0.5 ? 1 : 2
        const bytes = opcode === 1 ? randomText(random) : randomBytes(random)
        const compress = deflater !== null && random() < 0.8
        const payload = compress ? deflater.deflate(bytes) : bytes
        const target = Buffer.alloc(frameSize(payload.length) + 140)
        let end = writeFrame(target, 0, opcode, payload, keys, compress)
        expected.push({ what: 'message', opcode, bytes })
        if (random() < 0.3) {
          const echoed = randomBytes(random, 125)
          end = writePong(target, end, keys, echoed)
          expected.push({ what: 'pong', bytes: echoed })
        }
        frames.push(target.subarray(0, end))
      }
      const last = Buffer.alloc(20)
      frames.push(last.subarray(0, writeClose(last, 0, keys, 1000, 'bye')))
      expected.push({ what: 'close', code: 1000, text: 'bye' })
      const pieces = randomSplit(seededRandom(seed + 200), Buffer.concat(frames))
      assert.deepEqual(await wsReceive(pieces, true, parameters), expected)
    })
  }
}

/** Well-formed fragments and control frames in which now and then one field is wrong or one octet no UTF-8. */
function oddStream(random: Random): Buffer {
  const rare = () => random() < 0.004
  let open = false
  const frames = Array.from({ length: integer(random, 1, 30) }, () => {
    const control = random() < 0.3
    const fin = control ? !rare() : random() < 0.5
    const usual = control ? integer(random, 9, 10) : open ? 0 : integer(random, 1, 2)
    if (!control) open = !fin
    const opcode = rare() ? integer(random, 0, 15) : usual
    const payload = control
      ? randomBytes(random, rare() ? 128 : 125)
      : Buffer.from('äb'.slice(0, integer(random, 0, 2)))
    const mask = rare() ? Buffer.of(1, 2, 3, 4) : null
    if (rare() && payload.length > 0) payload[0] = 0xff
    return encodeFrame({ opcode, fin, rsv1: rare(), rsv2: rare(), rsv3: rare(), mask, payload })
  })
  const close = encodeClosePayload(integer(random, 990, 1020), randomBytes(random, 3))
  frames.push(encodeFrame({ opcode: 8, mask: null, payload: close.subarray(0, integer(random, 0, 5)) }))
  return Buffer.concat(frames)
}

test('ws and the receiver judge odd streams alike', async () => {
  const random = seededRandom(8)
  const codes = new Map<number, number>()
  for (let round = 0; round < 1500; round += 1) {
    const wire = oddStream(random)
    const sink = recordingSink()
    new Receiver<string>(options).push(wire, 0, wire.length, sink, '')
    const theirs = await wsReceive([wire], false)
    assert.deepEqual(sink.seen.map(withoutText), theirs.map(withoutText), `round ${round}: ${wire.toString('hex')}`)
    const last = sink.seen.at(-1)
    if (last?.what === 'violation' || last?.what === 'close') codes.set(last.code, (codes.get(last.code) ?? 0) + 1)
  }
  assert.ok(
    [1000, 1002, 1005, 1007, 1014].every(code => (codes.get(code) ?? 0) >= 5),
    JSON.stringify([...codes]),
  )
})

function withoutText(event: Seen): Seen {
  return event.what === 'violation' ? { ...event, text: '' } : event
}

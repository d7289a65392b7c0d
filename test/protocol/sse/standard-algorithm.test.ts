// The algorithm of HTML §9.2.6 word for word, on text decoded as a whole, against the parser that works on bytes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSseStream, type SseEvent, type SseStream } from '../../../src/protocol/sse/events.ts'
import { type Random, seededRandom } from '../../../src/world/random.ts'
import { randomReads } from '../random-reads.ts'

function interpret(stream: Buffer): SseStream {
  const text = new TextDecoder().decode(stream)
  const events: SseEvent[] = []
  const comments: string[] = []
  const retries: number[] = []
  let [data, type, id, lastEventId] = ['', '', '', '']
  const lines = text.split(/\r\n|\r|\n/)
  lines.pop()
  for (const line of lines) {
    if (line === '') {
      lastEventId = id
      if (data !== '') events.push({ type: type || 'message', data: data.slice(0, -1), lastEventId })
      data = ''
      type = ''
      continue
    }
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line)!
    if (field === '') comments.push(line.slice(1))
    else if (field === 'event') type = value
    else if (field === 'data') data += `${value}\n`
    else if (field === 'id' && !value.includes('\0')) id = value
    else if (field === 'retry' && /^[0-9]+$/.test(value)) retries.push(Number(value))
  }
  return { events, comments, retries, lastEventId, oversized: 0 }
}

// Bytes that matter to lines, fields and UTF-8 decoding, far more often than chance would have them.
const fields = 'data: |data:|data|id: |id:|event: |retry: 7|:|: |x|0| |\n|\n\n|\r|\r\n|\0'
const sequences =
  '\xef\xbb\xbf|\xef|\xbb|\xbf|\xc3\xa9|\xc3|\xa9|\xe2\x82\xac|\xe2\x82|\xed\xa0\x80|\xf0\x9f\x98\x80|\xf0\x9f\x98'
const alphabet = `${fields}|${sequences}|\xf5|\xc0\xaf|\xff`.split('|').map(text => Buffer.from(text, 'latin1'))

function randomStream(random: Random): Buffer {
  const parts = Array.from(
    { length: 1 + Math.floor(random() * 60) },
    () => alphabet[Math.floor(random() * alphabet.length)]!,
  )
  return Buffer.concat(parts)
}

for (const maxBytes of [1, 2, 7, 4096]) {
  test(`bytes are read as the standard reads text, in reads of up to ${maxBytes} bytes`, () => {
    const random = seededRandom(maxBytes)
    for (let round = 0; round < 3000; round += 1) {
      const stream = randomStream(random)
      const seen = readSseStream(randomReads(stream, maxBytes, random))
      assert.deepEqual(seen, interpret(stream), JSON.stringify(stream.toString('latin1')))
    }
  })
}

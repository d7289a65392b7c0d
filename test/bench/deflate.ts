// CPU time per message of permessage-deflate, both ways, once the window is full.
import { Deflater, Inflater } from '../../src/protocol/websocket/deflate.ts'
import { walkDeflate } from '../../src/protocol/websocket/deflate-walk.ts'
import { cpuTimePerUnit } from './cpu-time.ts'

const WARM_UP_MESSAGES = 1000

for (const size of [60, 1000, 65536]) {
  const messages = size > 10_000 ? 200 : 4000
  const payload = (index: number) => Buffer.from(`{"seq":${index},"text":"${'hello, friend '.repeat(size / 14)}"}`)
  for (const contextTakeover of [false, true]) {
    for (const windowBits of [15, 12, 9]) {
      const direction = { contextTakeover, windowBits }
      const deflater = new Deflater(direction)
      const inflater = new Inflater(direction)
      const compressed: Buffer[] = []
      for (let index = 0; index < WARM_UP_MESSAGES; index += 1) {
        const result = inflater.inflate(deflater.deflate(payload(index)), 1 << 24)
        if (!result.ok) throw new Error(result.text)
      }
      let index = WARM_UP_MESSAGES
      const deflating = cpuTimePerUnit(messages, () => {
        for (let i = 0; i < messages; i += 1) compressed.push(deflater.deflate(payload(index++)))
      })
      let next = 0
      const inflating = cpuTimePerUnit(messages, () => {
        for (let i = 0; i < messages; i += 1) {
          const result = inflater.inflate(compressed[next++]!, 1 << 24)
          if (!result.ok) throw new Error(result.text)
        }
      })
      const title = `${size} B, ${contextTakeover ? 'takeover' : 'single'}, ${windowBits} bits`
      console.log(`deflate ${title}`.padEnd(36), deflating)
      console.log(`inflate ${title}`.padEnd(36), inflating)
    }
  }
  const stream = new Deflater({ contextTakeover: false, windowBits: 15 }).deflate(payload(1))
  const walk = cpuTimePerUnit(messages, () => {
    for (let i = 0; i < messages; i += 1) walkDeflate(stream)
  })
  console.log(`walk ${size} B`.padEnd(36), walk)
}

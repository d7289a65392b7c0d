import { binaryMessage, type Message, textMessage } from './echo.ts'

/** A kind of data that is sent compressed, cut to any size. */
export interface DataKind {
  name: string
  message(size: number): Message
}

const json = JSON.stringify(
  Array.from({ length: 2000 }, (_, id) => ({ id, name: `device ${id % 17}`, value: (id * 7919) % 1000, unit: 'kWh' })),
)
const html = Array.from(
  { length: 4000 },
  (_, row) => `<tr><td class="n">${row}</td><td>Zürich ${row % 7}</td></tr>\n`,
).join('')
const prose = 'Wer nie sein Brot mit Tränen aß, der kennt euch nicht, ihr himmlischen Mächte. '.repeat(2000)

/** As much of it as fits, cut between characters and filled up with spaces. */
const cutText = (text: string) => {
  const bytes = Buffer.from(text)
  return (size: number) => {
    let end = size
    while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end -= 1
    return Buffer.concat([bytes.subarray(0, end), Buffer.alloc(size - end, ' ')])
  }
}

function picture(size: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: size }, (_, at) => ((at >> 9) + (at & 511)) >> 2))
}

function noise(size: number): Buffer {
  const bytes = Buffer.alloc(size)
  let state = 0x2545f491
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

const jsonOf = cutText(json)
const htmlOf = cutText(html)
const proseOf = cutText(prose)

export const dataKinds: readonly DataKind[] = [
  { name: 'JSON', message: size => textMessage(jsonOf(size)) },
  { name: 'picture', message: size => binaryMessage(picture(size)) },
  { name: 'prose', message: size => binaryMessage(proseOf(size)) },
  { name: 'HTML', message: size => textMessage(htmlOf(size)) },
  { name: 'noise', message: size => binaryMessage(noise(size)) },
]

/** Sizes of messages, and of the fragments of their compressed payload; 0: one frame. */
export const dataSizes: readonly (readonly [bytes: number, fragmentBytes: number])[] = [
  [16, 0],
  [64, 0],
  [256, 0],
  [1024, 0],
  [4096, 0],
  [8192, 0],
  [16_384, 0],
  [32_768, 0],
  [65_536, 0],
  [131_072, 0],
  [8192, 256],
  [16_384, 256],
  [32_768, 256],
  [65_536, 256],
  [131_072, 256],
  [131_072, 1024],
  [131_072, 4096],
  [131_072, 32_768],
]

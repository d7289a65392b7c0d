/** An octet sequence under the code points or the fault that it stands for. */
export interface Vector {
  name: string
  bytes: Buffer
}

const vectors = (...list: string[]): Vector[] =>
  list.map(hex => ({ name: hex.length > 24 ? `${hex.slice(0, 24)}…` : hex, bytes: Buffer.from(hex, 'hex') }))

const range = (first: number, last: number) =>
  Buffer.from(Array.from({ length: last - first + 1 }, (_, index) => first + index))

/** Each start octet of a range, followed by a space. */
const lonely = (first: number, last: number) =>
  Buffer.from([...range(first, last)].flatMap(octet => [octet, 0x20])).toString('hex')

const points = (...codePoints: number[]): Vector[] =>
  codePoints.map(point => ({
    name: `U+${point.toString(16).toUpperCase().padStart(4, '0')}`,
    bytes: Buffer.from(String.fromCodePoint(point)),
  }))

/** Several scripts, two to four octets each. */
export const MIXED = Buffer.from('cebae1bdb9cf83cebcceb5', 'hex')

export const sentences = vectors(
  '68656c6c6f24776f726c64',
  '68656c6c6fc2a2776f726c64',
  '68656c6c6fe282ac776f726c64',
  '68656c6c6ff0a4ada2776f726c64',
  'cebae1bdb9cf83cebcceb5',
)

export const firstOfLength = vectors('00', 'c280', 'e0a080', 'f0908080')
export const lastOfLength = vectors('7f', 'dfbf', 'efbfbf', 'f48fbfbf')
export const validBorders = vectors('ed9fbf', 'ee8080', 'efbfbd', 'f48fbfbf')

/** The two last code points of each plane: no characters, but well-formed. */
export const nonCharacters = points(
  ...Array.from({ length: 17 }, (_, plane) => [plane * 0x10000 + 0xfffe, plane * 0x10000 + 0xffff]).flat(),
)
export const specials = points(0xfff9, 0xfffa, 0xfffb, 0xfffc, 0xfffd, 0xfffe, 0xffff)

export const tooLong = vectors('f888808080', 'fc8480808080')
export const beyondUnicode = vectors('f7bfbfbf', 'fbbfbfbfbf', 'fdbfbfbfbfbf')
export const justBeyondUnicode = vectors('f4908080')
export const loneContinuations = vectors(
  '80',
  'bf',
  '80bf',
  '80bf80',
  '80bf80bf',
  '80bf80bf80',
  '80bf80bf80bf',
  range(0x80, 0xbf).toString('hex'),
)
export const loneStarts = vectors(
  lonely(0xc0, 0xdf),
  lonely(0xe0, 0xef),
  lonely(0xf0, 0xf7),
  lonely(0xf8, 0xfb),
  lonely(0xfc, 0xfd),
)
const cutSequences = [
  'c0',
  'e080',
  'f08080',
  'f8808080',
  'fc80808080',
  'df',
  'efbf',
  'f7bfbf',
  'fbbfbfbf',
  'fdbfbfbfbf',
]
export const cut = vectors(...cutSequences)
export const cutInARow = vectors(cutSequences.join(''))
export const impossible = vectors('fe', 'ff', 'fefeffff')

export const overlongAscii = vectors('c0af', 'e080af', 'f08080af', 'f8808080af', 'fc80808080af')
export const overlongMaximum = vectors('c1bf', 'e09fbf', 'f08fbfbf', 'f887bfbfbf', 'fc83bfbfbfbf')
export const overlongNul = vectors('c080', 'e08080', 'f0808080', 'f880808080', 'fc8080808080')

export const singleSurrogates = vectors('eda080', 'edadbf', 'edae80', 'edafbf', 'edb080', 'edbe80', 'edbfbf')
export const pairedSurrogates = vectors(
  'eda080edb080',
  'eda080edbfbf',
  'edadbfedb080',
  'edadbfedbfbf',
  'edae80edb080',
  'edae80edbfbf',
  'edafbfedb080',
  'edafbfedbfbf',
)

/** A surrogate between good text. */
export const surrogateInside = vectors('cebae1bdb9cf83cebcceb5eda080656469746564')

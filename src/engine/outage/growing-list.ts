/** Numbers in the order they came, up to a bound; what is beyond it is only counted. */
export interface GrowingList {
  add(value: number): void
  readonly unrecorded: number
  readonly length: number
  values(): Float64Array
}

export function createGrowingList(most: number): GrowingList {
  let buffer = new Float64Array(1024)
  let length = 0
  let unrecorded = 0
  return {
    get length() {
      return length
    },
    get unrecorded() {
      return unrecorded
    },
    add(value) {
      if (length === most) {
        unrecorded += 1
        return
      }
      if (length === buffer.length) {
        const larger = new Float64Array(buffer.length * 2)
        larger.set(buffer)
        buffer = larger
      }
      buffer[length++] = value
    },
    values: () => buffer.slice(0, length),
  }
}

export function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const keyBytes = new Uint8Array(4)
const keyWord = new Uint32Array(keyBytes.buffer)

/** Below this many bytes a byte loop beats the making of a word view. */
const WORD_VIEW_FROM_BYTES = 128

/**
 * XORs bytes[start, end) in place with the 4-byte key that stands at key[keyAt] (RFC 6455 §5.3); the key may be part of
 * `bytes` itself, before `start`.
 */
export function applyMask(bytes: Uint8Array, start: number, end: number, key: Uint8Array, keyAt = 0): void {
  let at = start
  let turn = 0
  if (end - start >= WORD_VIEW_FROM_BYTES) {
    while (((bytes.byteOffset + at) & 3) !== 0) {
      bytes[at] = bytes[at]! ^ key[keyAt + turn]!
      at += 1
      turn = (turn + 1) & 3
    }
    for (let i = 0; i < 4; i += 1) keyBytes[i] = key[keyAt + ((turn + i) & 3)]!
    const word = keyWord[0]!
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset + at, (end - at) >>> 2)
    for (let i = 0; i < words.length; i += 1) words[i] = words[i]! ^ word
    at += words.length * 4
  }
  for (; at < end; at += 1) {
    bytes[at] = bytes[at]! ^ key[keyAt + turn]!
    turn = (turn + 1) & 3
  }
}

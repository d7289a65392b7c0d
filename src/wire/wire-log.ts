import type { Clock } from '../world/timer.ts'

/** Tells what one connection sent, received and went through. */
export interface ConnectionLog {
  sent(bytes: Uint8Array): void
  received(bytes: Uint8Array): void
  note(text: string): void
}

/** The connections of one check, in the order of what happened. */
export interface WireLog {
  connection(): ConnectionLog
  lines(): string[]
}

const MAX_LINES = 5000
const MAX_SHOWN_BYTES = 256
const ROW_BYTES = 16

/** Keeps every event as text: time in ms, connection, direction, hex and characters. Bounded in lines and per line. */
export function createWireLog(clock: Clock): WireLog {
  const start = clock.now()
  const lines: string[] = []
  let connections = 0

  function add(name: string, mark: string, text: string): void {
    if (lines.length > MAX_LINES) return
    const ms = (clock.now() - start).toFixed(1).padStart(9)
    lines.push(lines.length === MAX_LINES ? 'the rest is not logged' : `${ms} ms  ${name}  ${mark} ${text}`)
  }

  function addBytes(name: string, mark: string, bytes: Uint8Array): void {
    const shown = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MAX_SHOWN_BYTES))
    add(name, mark, `${bytes.length} bytes`)
    for (let at = 0; at < shown.length; at += ROW_BYTES) {
      const row = shown.subarray(at, at + ROW_BYTES)
      add(name, ' ', `  ${row.toString('hex').replaceAll(/(..)/g, '$1 ').padEnd(49)} ${characters(row)}`)
    }
    if (bytes.length > shown.length) add(name, ' ', `  and ${bytes.length - shown.length} bytes more`)
  }

  return {
    connection() {
      connections += 1
      const name = `#${connections}`
      return {
        sent: bytes => addBytes(name, '>', bytes),
        received: bytes => addBytes(name, '<', bytes),
        note: text => add(name, '-', text),
      }
    },
    lines: () => [...lines],
  }
}

function characters(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll(/[^\x20-\x7e]/g, '.')
}

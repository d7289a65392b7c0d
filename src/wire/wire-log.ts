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

interface Entry {
  ms: number
  connection: number
  mark: '>' | '<' | '-'
  text: string
  /** The first octets of what was sent or received. */
  shown: Buffer | null
  /** How many octets came after those. */
  more: number
}

/**
 * Keeps every event: time in ms, connection, direction, hex and characters. Bounded in lines and per line. Most logs are
 * never looked at, so the text is made when it is asked for.
 */
export function createWireLog(clock: Clock): WireLog {
  const start = clock.now()
  const entries: Entry[] = []
  let lines = 0
  let connections = 0

  function add(connection: number, mark: Entry['mark'], text: string, shown: Buffer | null = null, more = 0): void {
    lines += 1 + (shown === null ? 0 : Math.ceil(shown.length / ROW_BYTES)) + (more > 0 ? 1 : 0)
    entries.push({ ms: clock.now() - start, connection, mark, text, shown, more })
  }

  function addBytes(connection: number, mark: Entry['mark'], bytes: Uint8Array): void {
    if (lines >= MAX_LINES) return
    // A copy: the bytes may lie in a buffer that is used again.
    const shown = Buffer.allocUnsafe(Math.min(bytes.length, MAX_SHOWN_BYTES))
    shown.set(bytes.subarray(0, shown.length))
    add(connection, mark, `${bytes.length} bytes`, shown, bytes.length - shown.length)
  }

  return {
    connection() {
      connections += 1
      const name = connections
      return {
        sent: bytes => addBytes(name, '>', bytes),
        received: bytes => addBytes(name, '<', bytes),
        note(text) {
          if (lines < MAX_LINES) add(name, '-', text)
        },
      }
    },
    lines: () => [...entries.flatMap(linesOf), ...(lines >= MAX_LINES ? ['the rest is not logged'] : [])],
  }
}

function linesOf({ ms, connection, mark, text, shown, more }: Entry): string[] {
  const head = `${ms.toFixed(1).padStart(9)} ms  #${connection}  `
  const texts = [`${mark} ${text}`, ...(shown === null ? [] : rowsOf(shown))]
  if (more > 0) texts.push(`    and ${more} bytes more`)
  return texts.map(one => head + one)
}

function rowsOf(shown: Buffer): string[] {
  const rows = Array.from({ length: Math.ceil(shown.length / ROW_BYTES) }, (_, index) =>
    shown.subarray(index * ROW_BYTES, (index + 1) * ROW_BYTES),
  )
  return rows.map(row => `    ${row.toString('hex').replaceAll(/(..)/g, '$1 ').padEnd(49)} ${characters(row)}`)
}

function characters(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll(/[^\x20-\x7e]/g, '.')
}

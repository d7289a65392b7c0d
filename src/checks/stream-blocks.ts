import type { EventStream } from '../wire/event-stream.ts'

/** The lines between two blank lines, comments among them. */
export interface StreamBlock {
  lines: string[]
  /** A blank line came after it. */
  finished: boolean
}

/** A received stream as its author wrote it, line by line. */
export function streamBlocks(stream: EventStream): StreamBlock[] {
  const blocks: StreamBlock[] = []
  let lines: string[] = []
  const all = streamText(stream).split(/\r\n|\r|\n/)
  const rest = all.pop()!
  for (const line of all) {
    if (line !== '') lines.push(line)
    else if (lines.length > 0) {
      blocks.push({ lines, finished: true })
      lines = []
    }
  }
  if (rest !== '') lines.push(rest)
  if (lines.length > 0) blocks.push({ lines, finished: false })
  return blocks
}

/** What was received, without a leading byte order mark. */
export const streamText = (stream: EventStream): string =>
  Buffer.concat(stream.pieces.map(({ bytes }) => bytes))
    .toString('utf8')
    .replace(/^\ufeff/, '')

/** The value of the last field of that name in a block; undefined where there is none. */
export function fieldOf({ lines }: StreamBlock, name: string): string | undefined {
  const line = lines.findLast(line => line === name || line.startsWith(`${name}:`))
  return line?.slice(name.length + 1).replace(/^ /, '')
}

const HEARTBEAT = /^["']?(ping|pong|heart-?beat|keep-?alive|noop)["']?$/i

/** An event that says nothing but that the server is alive. */
export function isHeartbeatEvent(block: StreamBlock): boolean {
  const lines = block.lines.filter(line => /^data(:|$)/.test(line)).map(line => line.slice(5).trim())
  const data = lines.length === 0 ? undefined : lines.join('\n')
  const event = fieldOf(block, 'event') ?? ''
  return data !== undefined && (HEARTBEAT.test(event) || HEARTBEAT.test(data) || data === '')
}

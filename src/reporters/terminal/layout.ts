import { styleText } from 'node:util'
import type { Tone } from '../../report/section.ts'
import { inertStart } from '../../report/text.ts'

const styles = { good: 'green', warning: 'yellow', bad: 'red', quiet: 'dim' } as const

/** Colours `text` by its tone; leaves it alone where the output has no colours. */
export function paint(text: string, tone: Tone | undefined, colour: boolean): string {
  return colour && tone !== undefined ? style(styles[tone], text) : text
}

export function bold(text: string, colour: boolean): string {
  return colour ? style('bold', text) : text
}

// Whether to colour was decided by the caller, who knows the stream; styleText would look at stdout by itself.
function style(format: Parameters<typeof styleText>[0], text: string): string {
  return styleText(format, text, { validateStream: false })
}

/** Breaks one line at spaces to at most `width` columns, longer words within; every line but the first hangs. */
export function wrapLine(text: string, width: number, indent: number, hanging = indent): string[] {
  const lines: string[] = []
  let line = ' '.repeat(indent)
  let empty = true
  for (const word of text.split(' ').flatMap(word => pieces(word, Math.max(8, width - hanging)))) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = ' '.repeat(hanging)
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  return [...lines, line].map(inertStart)
}

function pieces(word: string, longest: number): string[] {
  const characters = [...word]
  if (characters.length <= longest) return [word]
  const parts: string[] = []
  for (let at = 0; at < characters.length; at += longest) parts.push(characters.slice(at, at + longest).join(''))
  return parts
}

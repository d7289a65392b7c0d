export const WIDTH = 80

/** Breaks each line of a text at blanks so that it fits the help's width, every line indented. */
export function wrap(text: string, indent: string): string {
  return text
    .trim()
    .split('\n')
    .map(line => wrapLine(line.trim(), indent))
    .join('\n')
}

function wrapLine(line: string, indent: string): string {
  const lines = ['']
  for (const word of line.split(/\s+/)) {
    const last = lines.at(-1)!
    if (last !== '' && indent.length + last.length + word.length >= WIDTH) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines.map(part => indent + part).join('\n')
}

// Help and version without loading commander or a command: what most calls of a script or a hurried reader ask for. The
// texts in `bin/help/` are what the commands render; a test holds them to that, and `UPDATE=1` writes them anew.
import { packageFile } from '../world/package-file.ts'
import { version } from '../world/version.ts'

/** The answer to `--version`, `--help`, `help`, `load --help` and `help load`; null for any other words. */
export function keptAnswer(words: readonly string[]): string | null {
  const [first = '', second] = words
  if (words.length === 1 && isWord(first, '-V', '--version')) return `${version()}\n`
  if (words.length === 1 && isWord(first, '-h', '--help', 'help')) return packageFile('bin/help/rtbench.txt')
  if (words.length !== 2) return null
  const command = first === 'help' ? second! : isWord(second!, '-h', '--help') ? first : ''
  return /^(?!rtbench$)[a-z]+$/.test(command) ? packageFile(`bin/help/${command}.txt`) : null
}

const isWord = (word: string, ...words: string[]) => words.includes(word)

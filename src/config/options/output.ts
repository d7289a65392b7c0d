import { list, switchOn, value } from '../option.ts'
import { parseSeed, parseText } from '../units.ts'

/** Where results go: shared by every command that makes a report. */
export const output = {
  title: 'Output',
  options: {
    format: value({
      flags: '--format <name>',
      help: 'what goes to stdout: a name of rtbench list reporters (default: table)',
      parse: parseText,
    }),
    json: switchOn({ flags: '--json', help: 'same as --format json' }),
    output: list({
      flags: '-o, --output <[format=]file>',
      help: 'also write the result to a file, in the format its ending names; repeatable',
      parse: parseText,
    }),
    quiet: switchOn({ flags: '-q, --quiet', help: 'print nothing but errors; files are still written' }),
    noProgress: switchOn({ flags: '--no-progress', help: 'no live view on stderr' }),
    seed: value({ flags: '--seed <n>', help: 'start of all random choices (default: 1)', parse: parseSeed }),
  },
} as const

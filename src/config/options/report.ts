import { list, switchOn, value } from '../option.ts'
import { parseShare } from '../share.ts'
import { parseText } from '../units.ts'

/** What is done with results that are there already. */
export const report = {
  title: 'Results',
  options: {
    merge: switchOn({
      flags: '--merge',
      help: 'the files are the shards of one run: make the report of the whole',
    }),
    baseline: list({
      flags: '--baseline <file>',
      help: 'compare with these earlier results; repeatable',
      parse: parseText,
    }),
    minEffect: value({
      flags: '--min-effect <share>',
      help: 'a smaller change of a time is none (default: 5%)',
      parse: parseShare,
    }),
  },
} as const

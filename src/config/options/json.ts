import { switchOn } from '../option.ts'

/** For commands that show what there is. */
export const json = {
  title: 'Output',
  options: { json: switchOn({ flags: '--json', help: 'as JSON' }) },
} as const

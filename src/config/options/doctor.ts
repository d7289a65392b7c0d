import { switchOn, value } from '../option.ts'
import { parseCount } from '../units.ts'

/** What this machine can hold. */
export const doctor = {
  title: 'Doctor',
  options: {
    connections: value({
      flags: '-c, --connections <n>',
      help: 'fail unless so many fit, e.g. 50k',
      parse: parseCount,
    }),
    json: switchOn({ flags: '--json', help: 'as JSON' }),
  },
} as const

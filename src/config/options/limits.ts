import { switchOn, value } from '../option.ts'
import { parseThreshold } from '../threshold.ts'

/** Looking for the limit, of the target and of the generator. */
export const limits = {
  title: 'Limits',
  options: {
    findMax: value({
      flags: '--find-max <expression>',
      help: "climb until it no longer holds, e.g. 'msg_rtt: p(99)<50ms', each level for --duration; by conn_upgrade connections climb, up to -c",
      parse: parseThreshold,
    }),
    allowLimited: switchOn({
      flags: '--allow-limited',
      help: 'exit 0 even where this machine was the limit; the report still says so',
    }),
  },
} as const

import { list } from '../option.ts'
import { parseThreshold } from '../threshold.ts'

/** What must hold: shared by every command that reports metrics. */
export const gate = {
  title: 'Gates',
  options: {
    threshold: list({
      flags: '--threshold <expression>',
      help: "fail unless it holds, e.g. 'msg_rtt: p(99)<50ms' or 'error_rate: rate<1% abort after 10s'; repeatable",
      parse: parseThreshold,
      isPair: true,
    }),
  },
} as const

import { list, switchOn, toggle, value } from '../option.ts'
import { parseCount, parseText } from '../units.ts'

/** Which checks, of all there are. */
export const selection = {
  title: 'Checks',
  options: {
    only: list({
      flags: '--only <glob>',
      help: "only checks whose id matches, e.g. 'ws.handshake.*'; repeatable",
      parse: parseText,
    }),
    skip: list({ flags: '--skip <glob>', help: 'leave these checks out; repeatable', parse: parseText }),
  },
} as const

/** Which demands are made, and what is made of the answers. */
export const check = {
  title: selection.title,
  options: {
    ...selection.options,
    strict: switchOn({ flags: '--strict', help: 'warnings fail the run too' }),
    baseline: value({
      flags: '--baseline <file>',
      help: 'known verdicts, YAML lines "id: warn"; other ones fail, also better ones are reported',
      parse: parseText,
    }),
    list: switchOn({ flags: '--list', help: 'show what would be checked, and do not check' }),
    jobs: value({ flags: '--jobs <n>', help: 'checks at work at the same time (default: 4)', parse: parseCount }),
    echo: toggle({
      flags: '--echo',
      help: 'the endpoint sends WebSocket messages back, or --no-echo (default: found out)',
      transports: ['ws'],
    }),
    originAllowed: value({
      flags: '--origin-allowed <origin>',
      help: 'an Origin that the endpoint lets in, e.g. https://app.example',
      parse: parseText,
    }),
    slow: switchOn({ flags: '--slow', help: 'run the checks that wait for minutes too' }),
    wire: value({ flags: '--wire <file>', help: 'write what went over the wire; - for stderr', parse: parseText }),
  },
} as const

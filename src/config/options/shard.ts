import { value } from '../option.ts'
import { parseMoment, parseRunId, parseShard } from '../shard.ts'

/** One part of a run divided over machines. */
export const shard = {
  title: 'More than one machine',
  options: {
    shard: value({
      flags: '--shard <part/parts>',
      help: 'do one part of the run, e.g. 3/10; rtbench report --merge joins the results',
      parse: parseShard,
    }),
    startAt: value({
      flags: '--start-at <moment>',
      help: 'begin all parts at this moment, e.g. 2026-11-22T12:00:00Z',
      parse: parseMoment,
    }),
    runId: value({ flags: '--run-id <name>', help: 'name that the parts of one run share', parse: parseRunId }),
  },
} as const

import { value } from '../option.ts'
import { parseCount, parseDuration, parseRate, parseSize } from '../units.ts'

/** The message pattern whose cost is measured, the same over every transport. */
export const overhead = {
  title: 'Messages',
  options: {
    rate: value({
      flags: '-r, --rate <rate>',
      help: 'messages per second (default: 10/s)',
      parse: parseRate,
    }),
    size: value({ flags: '--size <bytes>', help: 'size of a message (default: 100B)', parse: parseSize }),
    batch: value({
      flags: '--batch <n>',
      help: 'messages published at the same moment (default: 1)',
      parse: parseCount,
    }),
    duration: value({
      flags: '-d, --duration <time>',
      help: 'how long each transport is measured (default: 4s)',
      parse: parseDuration,
    }),
    pollInterval: value({
      flags: '--poll-interval <time>',
      help: 'interval of plain polling (default: 1s)',
      parse: parseDuration,
    }),
    audience: value({
      flags: '--audience <n>',
      help: 'users that the result is projected to (default: 1k)',
      parse: parseCount,
    }),
  },
} as const

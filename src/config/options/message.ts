import { switchOn, value } from '../option.ts'
import { parseTimestamp } from '../timestamp.ts'
import { oneOf, parseCount, parseRate, parseSize, parseText } from '../units.ts'

const sending = ['echo', 'publish'] as const

/** What is sent, and when. */
export const message = {
  title: 'Messages',
  options: {
    rate: value({
      flags: '-r, --rate <rate>',
      help: 'messages per second on each connection (default: 10/s)',
      parse: parseRate,
      patterns: ['echo'],
      instead: 'write --total-rate for messages per second in total',
    }),
    totalRate: value({
      flags: '-R, --total-rate <rate>',
      help: 'messages per second in total (default when publishing: 20/s)',
      parse: parseRate,
      patterns: sending,
    }),
    inFlight: value({
      flags: '--in-flight <n>',
      help: 'closed loop: n messages under way on each connection, the next when one is answered',
      parse: parseCount,
      patterns: ['echo'],
    }),
    arrival: value({
      flags: '--arrival <kind>',
      help: 'constant or poisson distances between messages (default: constant)',
      parse: oneOf(['constant', 'poisson']),
      words: ['constant', 'poisson'],
      patterns: sending,
    }),
    message: value({
      flags: '-m, --message <text>',
      help: 'message text; {{mark}} is where the sequence mark goes (default: in front)',
      parse: parseText,
      patterns: sending,
    }),
    size: value({
      flags: '--size <bytes>',
      help: 'pad each message to this size, e.g. 512B or 64KiB (default: 64B)',
      parse: parseSize,
      patterns: sending,
    }),
    binary: switchOn({ flags: '--binary', help: 'send binary frames', transports: ['ws'], patterns: ['echo'] }),
    deflate: switchOn({ flags: '--deflate', help: 'offer permessage-deflate', transports: ['ws'] }),
    timestamp: value({
      flags: '--timestamp <json:key>',
      help: "where the server's messages carry their time, in ms since 1970",
      parse: parseTimestamp,
      patterns: ['listen'],
    }),
  },
} as const

import { list, value } from '../option.ts'
import { parseStage } from '../stages.ts'
import { oneOf, parseCount, parseDuration, parseDurationOrZero, parseRate, parseText } from '../units.ts'

/** How many connections, how long, and what they do. */
export const load = {
  title: 'Load',
  options: {
    connections: value({
      flags: '-c, --connections <n>',
      help: 'connections held at once, e.g. 500 or 10k (default: 10, on the embedded endpoint 100)',
      parse: parseCount,
    }),
    duration: value({
      flags: '-d, --duration <time>',
      help: 'from all connections open to the last message (default: 5s)',
      parse: parseDuration,
    }),
    stage: list({
      flags: '-s, --stage <time:n>',
      help: 'ramp to n connections over that time, instead of -c and -d; repeatable',
      parse: parseStage,
    }),
    connectRate: value({
      flags: '--connect-rate <rate>',
      help: 'new connections per second (default: as fast as they open)',
      parse: parseRate,
    }),
    warmUp: value({
      flags: '--warm-up <time>',
      help: 'run this long before anything counts (default: 0s)',
      parse: parseDurationOrZero,
    }),
    pattern: value({
      flags: '-p, --pattern <name>',
      help: 'echo: send and await the answer; publish: post and await it everywhere; listen: time what the server sends; idle',
      parse: oneOf(['echo', 'publish', 'listen', 'idle']),
      words: ['echo', 'publish', 'listen', 'idle'],
    }),
    pollInterval: value({
      flags: '--poll-interval <time>',
      help: 'plain polling at this interval instead of long polling',
      parse: parseDuration,
      transports: ['poll'],
    }),
    reconnect: value({
      flags: '--reconnect <policy>',
      help: 'open dropped WebSocket connections again, by a policy of rtbench list policies',
      parse: parseText,
      transports: ['ws'],
    }),
    workers: value({
      flags: '-w, --workers <n>',
      help: 'processes (default: one per core, more where the file limit asks for it)',
      parse: parseCount,
    }),
    onWorkerExit: value({
      flags: '--on-worker-exit <choice>',
      help: 'when a worker process dies: fail or continue (default: fail)',
      parse: oneOf(['fail', 'continue']),
      words: ['fail', 'continue'],
    }),
    timeline: value({
      flags: '--timeline <time>',
      help: 'interval of the timeline (default: 1s)',
      parse: parseDuration,
    }),
  },
} as const

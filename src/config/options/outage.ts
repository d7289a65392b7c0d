import { list, switchOn, value } from '../option.ts'
import { parseCount, parseDuration, parseDurationOrZero, parseRate, parseText } from '../units.ts'

/** Who is cut off, how, for how long, and how they come back. */
export const outage = {
  title: 'Outage',
  options: {
    connections: value({
      flags: '-c, --connections <n>',
      help: 'clients that are cut off, e.g. 500 or 10k (default: 100)',
      parse: parseCount,
    }),
    policy: list({
      flags: '--policy <name>',
      help: 'how clients come back, e.g. socketio or phoenix+stable; repeatable: compared in one run (default: aws-full)',
      parse: parseText,
    }),
    fault: value({
      flags: '--fault <name>',
      help: 'what goes wrong, e.g. refuse, http-503 or close:code=1012 (default: refuse)',
      parse: parseText,
    }),
    down: value({
      flags: '--down <time>',
      help: 'how long it lasts (default: 10s)',
      parse: parseDurationOrZero,
    }),
    capacity: value({
      flags: '--capacity <rate>',
      help: 'let at most so many back in, e.g. 500/s: a server of that admission rate (default: no limit)',
      parse: parseRate,
    }),
    backlog: value({
      flags: '--backlog <n>',
      help: 'attempts that may wait for it; one more is turned away (default: 511)',
      parse: parseCount,
    }),
    horizon: value({
      flags: '--horizon <time>',
      help: 'how long after the restore clients are followed at most (default: 60s)',
      parse: parseDuration,
    }),
    downCmd: value({
      flags: '--down-cmd <command>',
      help: 'take the real server down with this shell command instead of a fault before it',
      parse: parseText,
    }),
    upCmd: value({
      flags: '--up-cmd <command>',
      help: 'bring it up again; what stays in the foreground is ended with the run',
      parse: parseText,
    }),
    predict: switchOn({
      flags: '--predict',
      help: 'only simulate: nothing is connected to',
    }),
    realClient: switchOn({
      flags: '--real-client',
      help: 'drive the real eventsource package instead of a policy (SSE)',
    }),
    control: value({
      flags: '--control <n>',
      help: 'further clients that are never cut off, in a process of their own (default: 5, with --down-cmd none)',
      parse: parseCount,
    }),
    messageEvery: value({
      flags: '--message-every <time>',
      help: 'interval of the messages published meanwhile (default: by the number of clients, 200ms or more)',
      parse: parseDuration,
    }),
    workers: value({
      flags: '-w, --workers <n>',
      help: 'processes (default: one per core, more where the file limit asks for it)',
      parse: parseCount,
    }),
    allowLimited: switchOn({
      flags: '--allow-limited',
      help: 'exit 0 even where this machine was the limit; the report still says so',
    }),
  },
} as const

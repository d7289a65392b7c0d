import type { PatternRoom, PatternRun, PatternUnit } from './pattern.ts'

/** Holds connections open and counts what comes unasked. */
function create({ recorder }: PatternRoom): PatternRun {
  return {
    opened() {},
    message() {
      recorder.hot.msgs_received += 1
    },
    flushed() {},
    ended() {},
    send() {},
    flush() {},
    loop() {},
    outstanding: () => 0,
    primed: () => true,
  }
}

const idle: PatternUnit = {
  title: 'hold connections open',
  transports: ['ws', 'sse', 'poll'],
  latency: null,
  create,
}

export default idle

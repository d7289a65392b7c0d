import { definePolicy } from './policy.ts'
import { randomInteger } from './random-integer.ts'

// The wait runs from the start of the last attempt: after a connection that lasted longer, the first retry is immediate.
export default definePolicy({
  title: 'NATS, one server',
  library: '@nats-io/nats-core 3.4.0',
  source: 'core/src/options.ts, core/src/protocol.ts',
  formula: '2000 + randInt(0, 100) from the start of the last attempt (TLS: jitterMs=1000); gives up after 10',
  settings: { waitMs: 2000, jitterMs: 100, maxRetries: 10 },
  resets: 'message',
  delay(seen, settings, random) {
    if (seen.retry >= settings.maxRetries) return 'exhausted'
    const waitMs = settings.waitMs + randomInteger(random, 0, settings.jitterMs)
    return Math.max(0, waitMs - seen.ending.sinceAttemptMs)
  },
})

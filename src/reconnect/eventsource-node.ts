import { definePolicy } from './policy.ts'
import { failsForGood } from './event-source-rule.ts'

// The same delay and rule in the EventSource of undici, which is the one of Node.
export default definePolicy({
  title: 'The eventsource package, and the EventSource of Node',
  library: 'eventsource 4.1.1, undici 7',
  source: 'src/EventSource.ts; undici lib/web/eventsource/eventsource.js',
  formula: '3000, or the last retry:; any status but 200 ends it',
  settings: { delayMs: 3000 },
  resets: 'never',
  delay: (seen, settings) => failsForGood(seen.ending) ?? seen.retryMs ?? settings.delayMs,
})

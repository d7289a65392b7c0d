import { definePolicy } from './policy.ts'
import { failsForGood } from './event-source-rule.ts'

// An empty `retry:` line sets Blink back to its default; the stream parser hands on the value that holds then.
export default definePolicy({
  title: 'EventSource in Chromium',
  library: 'Blink, 2026',
  source: 'third_party/blink/renderer/modules/eventsource/event_source.cc, event_source_parser.cc',
  formula: '3000, or the last retry:; any status but 200 ends it',
  settings: { delayMs: 3000 },
  resets: 'never',
  delay: (seen, settings) => failsForGood(seen.ending) ?? seen.retryMs ?? settings.delayMs,
})

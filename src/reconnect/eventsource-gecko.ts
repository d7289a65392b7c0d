import { definePolicy } from './policy.ts'
import { failsForGood } from './event-source-rule.ts'

export default definePolicy({
  title: 'EventSource in Firefox',
  library: 'Gecko, 2026',
  source: 'dom/base/EventSource.cpp, DEFAULT_RECONNECTION_TIME_VALUE',
  formula: 'max(500, the last retry: or 5000); any status but 200 ends it',
  settings: { delayMs: 5000, floorMs: 500 },
  resets: 'never',
  delay: (seen, settings) => failsForGood(seen.ending) ?? Math.max(settings.floorMs, seen.retryMs ?? settings.delayMs),
})

import { definePolicy } from './policy.ts'

// Counted from the drop; in the library the interval may already be running then, which only brings the first try forward.
export default definePolicy({
  title: 'Action Cable since Rails 6.1',
  library: '@rails/actioncable 7',
  source: 'actioncable/app/javascript/action_cable/connection_monitor.js',
  formula: '6000 · 1.15^min(n, 10) · (1 + j), j = U at n = 0, then 0.15 U',
  settings: { staleMs: 6000, rate: 0.15 },
  resets: 'message',
  delay(seen, settings, random) {
    const backoff = (1 + settings.rate) ** Math.min(seen.retry, 10)
    const widest = seen.retry === 0 ? 1 : settings.rate
    return settings.staleMs * backoff * (1 + widest * random())
  },
})

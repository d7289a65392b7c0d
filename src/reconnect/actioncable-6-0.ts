import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'Action Cable up to Rails 6.0',
  library: 'actioncable 6.0',
  source: 'actioncable/app/javascript/action_cable/connection_monitor.js',
  formula: '1000 · clamp(5 · ln(n + 1), 3, 30)',
  settings: { multiplier: 5, minMs: 3000, maxMs: 30_000 },
  resets: 'message',
  delay: (seen, settings) =>
    Math.min(settings.maxMs, Math.max(settings.minMs, 1000 * settings.multiplier * Math.log(seen.retry + 1))),
})

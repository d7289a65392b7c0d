import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'reconnecting-websocket (joewalnes)',
  library: 'reconnecting-websocket.js, 2016',
  source: 'reconnecting-websocket.js',
  formula: 'min(30000, 1000 · 1.5^n)',
  settings: { baseMs: 1000, factor: 1.5, capMs: 30_000 },
  resets: 'open',
  delay: (seen, settings) => Math.min(settings.capMs, settings.baseMs * settings.factor ** seen.retry),
})

import { definePolicy } from './policy.ts'

// M is drawn once per page load, when the module is read: each client here stands for a page of its own.
export default definePolicy({
  title: 'reconnecting-websocket (pladaria)',
  library: 'reconnecting-websocket 4.4.0',
  source: 'reconnecting-websocket.ts',
  formula: 'min(10000, M · 1.3^n), M = 1000 + 4000 U once per page',
  settings: { baseMs: 1000, spreadMs: 4000, factor: 1.3, capMs: 10_000 },
  resets: { upMs: 5000 },
  draw: (settings, random) => settings.baseMs + random() * settings.spreadMs,
  delay: (seen, settings) => Math.min(settings.capMs, seen.drawn * settings.factor ** seen.retry),
})

import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'y-websocket up to 3.0, and 4.0.0-rc.2',
  library: 'y-websocket 4.0.0-rc.2',
  source: 'src/y-websocket.js',
  formula: 'min(2500, 100 · 2^n)',
  settings: { baseMs: 100, capMs: 2500 },
  resets: 'open',
  delay: (seen, settings) => Math.min(settings.capMs, settings.baseMs * 2 ** seen.retry),
})

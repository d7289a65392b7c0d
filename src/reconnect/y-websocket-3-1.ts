import { definePolicy } from './policy.ts'

// Reset by the first synchronised document instead of by the open connection, so that an accept-then-close server is backed off.
export default definePolicy({
  title: 'y-websocket 3.1',
  library: 'y-websocket 3.1.0',
  source: 'src/y-websocket.js',
  formula: 'min(2500, 200 · 2^n)',
  settings: { baseMs: 200, capMs: 2500 },
  resets: 'message',
  delay: (seen, settings) => Math.min(settings.capMs, settings.baseMs * 2 ** seen.retry),
})

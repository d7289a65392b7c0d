import type { Overlay } from './overlay.ts'

// An accept-then-close server sets back a counter that an open connection resets: every client then retries for ever at
// its first delay.
export default {
  title: 'The retry counter goes back only after a connection that lasted 5 s',
  source: 'the remedy of reconnecting-websocket (minUptime)',
  resets: { upMs: 5000 },
} satisfies Overlay

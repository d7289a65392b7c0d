import { definePolicy } from './policy.ts'

// Channels rejoin on a table of their own (1000, 2000, 5000, then 10000); this is the socket under them.
export default definePolicy({
  title: 'The Phoenix socket',
  library: 'phoenix.js 1.9-dev',
  source: 'assets/js/phoenix/socket.js, reconnectAfterMs',
  formula: '[10, 50, 100, 150, 200, 250, 500, 1000, 2000][n], then 5000',
  settings: { stepsMs: [10, 50, 100, 150, 200, 250, 500, 1000, 2000], thenMs: 5000 },
  resets: 'open',
  delay: (seen, settings) => settings.stepsMs[seen.retry] ?? settings.thenMs,
})

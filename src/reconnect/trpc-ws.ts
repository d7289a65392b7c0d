import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'tRPC over WebSocket',
  library: '@trpc/client 11.18.0',
  source: 'packages/client/src/links/internals/wsLink/wsClient/options.ts',
  formula: '0 at n = 0, then min(30000, 1000 · 2^n)',
  settings: { baseMs: 1000, capMs: 30_000 },
  resets: 'open',
  delay: (seen, settings) => (seen.retry === 0 ? 0 : Math.min(settings.capMs, settings.baseMs * 2 ** seen.retry)),
})

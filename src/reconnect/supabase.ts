import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'Supabase Realtime',
  library: '@supabase/realtime-js 2',
  source: 'src/RealtimeClient.ts, RECONNECT_INTERVALS',
  formula: '[1000, 2000, 5000, 10000][n], then 10000',
  settings: { stepsMs: [1000, 2000, 5000, 10_000], thenMs: 10_000 },
  resets: 'open',
  delay: (seen, settings) => settings.stepsMs[seen.retry] ?? settings.thenMs,
})

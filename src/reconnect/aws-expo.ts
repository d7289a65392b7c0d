import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'Exponential backoff, no jitter',
  library: 'AWS Architecture Blog, Exponential Backoff And Jitter',
  source: 'aws-samples/aws-arch-backoff-simulator, src/backoff_simulator.py',
  formula: 'v = min(cap, base · 2^n)',
  settings: { baseMs: 1000, capMs: 30_000 },
  resets: 'open',
  delay: (seen, settings) => Math.min(settings.capMs, settings.baseMs * 2 ** seen.retry),
})

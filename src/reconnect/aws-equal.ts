import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'Equal jitter',
  library: 'AWS Architecture Blog, Exponential Backoff And Jitter',
  source: 'aws-samples/aws-arch-backoff-simulator, src/backoff_simulator.py',
  formula: 'v / 2 + U · v / 2, v = min(cap, base · 2^n)',
  settings: { baseMs: 1000, capMs: 30_000 },
  resets: 'open',
  delay(seen, settings, random) {
    const half = Math.min(settings.capMs, settings.baseMs * 2 ** seen.retry) / 2
    return half + random() * half
  },
})

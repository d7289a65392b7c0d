import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'Decorrelated jitter',
  library: 'AWS Architecture Blog, Exponential Backoff And Jitter',
  source: 'aws-samples/aws-arch-backoff-simulator, src/backoff_simulator.py',
  formula: 's = min(cap, base + U · (3 s − base)), s = base at first',
  settings: { baseMs: 1000, capMs: 30_000 },
  resets: 'open',
  delay(seen, settings, random) {
    const before = seen.retry === 0 ? settings.baseMs : seen.previousMs
    return Math.min(settings.capMs, settings.baseMs + random() * (before * 3 - settings.baseMs))
  },
})

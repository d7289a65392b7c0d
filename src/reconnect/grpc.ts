import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'gRPC connection backoff',
  library: 'gRPC specification',
  source: 'doc/connection-backoff.md',
  formula: 'b · (0.8 + 0.4 U), b = min(120000, 1000 · 1.6^n)',
  settings: { baseMs: 1000, factor: 1.6, jitter: 0.2, capMs: 120_000 },
  resets: 'open',
  delay(seen, settings, random) {
    const backoff = Math.min(settings.capMs, settings.baseMs * settings.factor ** seen.retry)
    return backoff * (1 + settings.jitter * (2 * random() - 1))
  },
})

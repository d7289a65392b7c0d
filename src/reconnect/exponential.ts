import { definePolicy } from './policy.ts'

// A whole herd stays in step: the backoff everyone writes first.
export default definePolicy({
  title: 'Exponential backoff without jitter',
  library: 'none',
  source: 'rtbench',
  formula: 'min(cap, base · factor^n)',
  settings: { baseMs: 1000, factor: 2, capMs: 30_000 },
  resets: 'open',
  delay: (seen, settings) => Math.min(settings.capMs, settings.baseMs * settings.factor ** seen.retry),
})

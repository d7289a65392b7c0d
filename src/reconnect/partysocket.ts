import { definePolicy } from './policy.ts'

// Its parent draws the first delay at random; this fork does not, and so a herd stays in step.
export default definePolicy({
  title: 'PartySocket',
  library: 'partysocket 1.3.0',
  source: 'packages/partysocket/src/ws.ts',
  formula: 'min(10000, 3000 · 1.3^n)',
  settings: { baseMs: 3000, factor: 1.3, capMs: 10_000 },
  resets: { upMs: 5000 },
  delay: (seen, settings) => Math.min(settings.capMs, settings.baseMs * settings.factor ** seen.retry),
})

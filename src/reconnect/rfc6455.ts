import { definePolicy } from './policy.ts'

// The RFC asks for a first delay at random and then truncated binary exponential backoff; the numbers after the first are ours.
export default definePolicy({
  title: 'What RFC 6455 asks for',
  library: 'RFC 6455',
  source: '§7.2.3',
  formula: '5000 U at n = 0, then U · min(60000, 5000 · 2^n)',
  settings: { firstMs: 5000, capMs: 60_000 },
  resets: 'open',
  delay: (seen, settings, random) => random() * Math.min(settings.capMs, settings.firstMs * 2 ** seen.retry),
})

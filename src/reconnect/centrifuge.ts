import { definePolicy } from './policy.ts'
import { randomInteger } from './random-integer.ts'

export default definePolicy({
  title: 'Centrifuge',
  library: 'centrifuge-js 5.7.1',
  source: 'src/centrifuge.ts, src/utils.ts backoff()',
  formula: 'min(20000, 500 + randInt(0, min(20000, 500 · 2^min(n, 31))))',
  settings: { minMs: 500, maxMs: 20_000 },
  resets: 'message',
  delay(seen, settings, random) {
    const spread = Math.min(settings.maxMs, settings.minMs * 2 ** Math.min(seen.retry, 31))
    return Math.min(settings.maxMs, settings.minMs + randomInteger(random, 0, spread))
  },
})

import { definePolicy } from './policy.ts'
import { randomInteger } from './random-integer.ts'

// The retry loop starts anew after every close, a second later, with an immediate first try; its draws start with the second.
export default definePolicy({
  title: 'Hocuspocus',
  library: '@hocuspocus/provider 4.5.0',
  source: 'packages/provider/src/HocuspocusProviderWebsocket.ts; @lifeomic/attempt',
  formula: '1000 at n = 0, then randInt(1000, min(30000, 1000 · 2^(n−1)))',
  settings: { delayMs: 1000, minMs: 1000, maxMs: 30_000 },
  resets: 'open',
  delay(seen, settings, random) {
    if (seen.retry === 0) return settings.delayMs
    const high = Math.min(settings.maxMs, settings.delayMs * 2 ** (seen.retry - 1))
    return randomInteger(random, settings.minMs, high)
  },
})

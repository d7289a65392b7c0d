import { definePolicy } from './policy.ts'

// The cap comes after the jitter: at n = 3 nine draws in ten are exactly 5000, from n = 4 all of them are.
export default definePolicy({
  title: 'Socket.IO',
  library: 'socket.io-client 4.8.3',
  source: 'packages/socket.io-client/lib/contrib/backo2.ts, manager.ts',
  formula: 'm = 1000 · 2^n, d = floor(U · 0.5 · m); min(5000, floor(10 U) even ? m − d : m + d)',
  settings: { baseMs: 1000, factor: 2, jitter: 0.5, capMs: 5000 },
  resets: 'open',
  delay(seen, settings, random) {
    const share = random()
    const base = settings.baseMs * settings.factor ** seen.retry
    const deviation = Math.floor(share * settings.jitter * base)
    // The same draw decides the sign, so that the sign and the size go together.
    const delayMs = (Math.floor(share * 10) & 1) === 0 ? base - deviation : base + deviation
    return Math.min(delayMs, settings.capMs) | 0
  },
})

import { definePolicy } from './policy.ts'
import type { GiveUp } from './policy.ts'

// The Pusher protocol: 40xx must not be retried, 41xx after a second, 42xx at once; an unknown 4xxx counts as refused.
function afterDrop(closeCode: number | undefined): number | GiveUp | undefined {
  if (closeCode === undefined || closeCode < 4000) return undefined
  if (closeCode >= 4200 && closeCode < 4300) return 0
  // 4000 asks for TLS, which the next try then uses.
  if (closeCode === 4000) return 0
  return closeCode >= 4100 && closeCode < 4200 ? undefined : 'close-code'
}

// The WebSocket strategy alone: with it blocked the library also tries HTTP fallbacks, 2 s later. A failed try is followed
// by the next one only when its time slot ends, and the slots double. A close code says what to do after a drop.
export default definePolicy({
  title: 'Pusher Channels, WebSocket transport',
  library: 'pusher-js 8.6.0',
  source:
    'core/connection/connection_manager.ts, core/connection/protocol/protocol.ts, core/strategies/sequential_strategy.ts',
  formula:
    '1000 after a drop, then the rest of a slot that started with the try: min(60000, 15000 · 2^(n−1)); close 4000–4099 and 4300+ end it, 4200–4299 retry at once',
  settings: { dropMs: 1000, slotMs: 15_000, slotCapMs: 60_000 },
  resets: 'open',
  delay(seen, settings) {
    if (seen.failures === 0) return afterDrop(seen.ending.closeCode) ?? settings.dropMs
    const slotMs = Math.min(settings.slotCapMs, settings.slotMs * 2 ** (seen.failures - 1))
    return Math.max(0, slotMs - seen.ending.sinceAttemptMs)
  },
})

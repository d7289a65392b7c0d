import { definePolicy } from './policy.ts'

// The fallback hosts that the library also goes through are not modelled: everyone is at the one host under test. A drop is
// counted as a try, so that the first failure already waits with k = 2.
export default definePolicy({
  title: 'Ably',
  library: 'ably-js 2.26.0',
  source: 'src/common/lib/transport/connectionmanager.ts, src/common/lib/util/utils.ts',
  formula:
    'at once after a drop (1 s after the last automatic try), then 15000 · min((k + 2) / 3, 2) · (1 − 0.2 U); after 120 s 30000',
  settings: { retryMs: 15_000, jitter: 0.2, suspendAfterMs: 120_000, suspendedMs: 30_000, minGapMs: 1000 },
  resets: 'message',
  delay(seen, settings, random) {
    if (seen.failures === 0) return Math.max(0, settings.minGapMs - 1 - seen.ending.sinceAttemptMs)
    if (seen.outageMs >= settings.suspendAfterMs) return settings.suspendedMs
    const steps = seen.failures + 1
    return settings.retryMs * Math.min((steps + 2) / 3, 2) * (1 - random() * settings.jitter)
  },
})

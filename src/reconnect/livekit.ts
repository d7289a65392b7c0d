import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'LiveKit up to 2.22',
  library: 'livekit-client 2.21.0',
  source: 'src/room/DefaultReconnectPolicy.ts',
  formula: '[0, 300, 1200, 2700, 4800, 7000 × 5][n] + (n ≥ 2 ? 1000 U : 0); gives up after 10',
  settings: { stepsMs: [0, 300, 1200, 2700, 4800, 7000, 7000, 7000, 7000, 7000], jitterMs: 1000 },
  resets: 'message',
  delay(seen, settings, random) {
    const step = settings.stepsMs[seen.retry]
    if (step === undefined) return 'exhausted'
    return seen.retry <= 1 ? step : step + random() * settings.jitterMs
  },
})

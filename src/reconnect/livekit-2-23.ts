import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'LiveKit since 2.23',
  library: 'livekit-client 2.23.0',
  source: 'src/room/DefaultReconnectPolicy.ts',
  formula: '500 U at n = 0, then round([–, 300, 1200, 2700, 4800, 7000 × 5][n] · (0.5 + U)); gives up after 10',
  settings: { stepsMs: [0, 300, 1200, 2700, 4800, 7000, 7000, 7000, 7000, 7000], firstJitterMs: 500 },
  resets: 'message',
  delay(seen, settings, random) {
    const step = settings.stepsMs[seen.retry]
    if (step === undefined) return 'exhausted'
    return seen.retry === 0 ? random() * settings.firstJitterMs : Math.round(step * (0.5 + random()))
  },
})

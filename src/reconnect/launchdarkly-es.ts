import { definePolicy } from './policy.ts'

// The default error filter: other statuses close the client.
const RETRIED = new Set([500, 502, 503, 504])

// Backoff (capMs) and jitter (jitterRatio) are off unless asked for. The counter goes back after a minute of a good
// connection, which is what their SDKs ask for; the package by itself never sets it back.
export default definePolicy({
  title: 'The LaunchDarkly EventSource',
  library: 'launchdarkly-eventsource 2.2.0',
  source: 'lib/retry-delay.js, lib/eventsource.js',
  formula: 'd = base (or retry:); with capMs d = min(cap, d · 2^n); with jitterRatio d − trunc(U · ratio · d)',
  settings: { delayMs: 1000, capMs: 0, jitterRatio: 0 },
  resets: { upMs: 60_000 },
  delay(seen, settings, random) {
    const { status } = seen.ending
    if (status !== undefined && status !== 200 && !RETRIED.has(status)) return 'http-status'
    const base = seen.retryMs ?? settings.delayMs
    const delayMs = settings.capMs > 0 ? Math.min(settings.capMs, base * 2 ** seen.retry) : base
    return settings.jitterRatio > 0 ? delayMs - Math.trunc(random() * settings.jitterRatio * delayMs) : delayMs
  },
})

import { definePolicy } from './policy.ts'

// Codes after which the client does not come back: its own protocol's, and all of 1000–1999 but the transient ones.
const FATAL = new Set([4004, 4005, 4400, 4401, 4406, 4409, 4429, 4500])
const TRANSIENT = new Set([1000, 1001, 1005, 1006, 1012, 1013, 1014])

const isFatal = (code: number | undefined) =>
  code !== undefined && (FATAL.has(code) || (code >= 1000 && code <= 1999 && !TRANSIENT.has(code)))

// With shouldRetry: () => true, as its documentation advises. By default an `error` event before the close, which is what
// a refused connection gives, is thrown to the caller instead: then the first failed try is the last.
export default definePolicy({
  title: 'GraphQL over WebSocket',
  library: 'graphql-ws 6.2.0',
  source: 'src/client.ts',
  formula: '1000 · 2^n + floor(2700 U + 300); gives up after 5, and at once on close codes it calls fatal',
  settings: { baseMs: 1000, spreadMs: 2700, minJitterMs: 300, maxRetries: 5 },
  resets: 'message',
  delay(seen, settings, random) {
    if (isFatal(seen.ending.closeCode)) return 'close-code'
    if (seen.retry >= settings.maxRetries) return 'exhausted'
    return settings.baseMs * 2 ** seen.retry + Math.floor(random() * settings.spreadMs + settings.minJitterMs)
  },
})

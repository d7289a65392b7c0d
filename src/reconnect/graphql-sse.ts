import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'GraphQL over SSE',
  library: 'graphql-sse 2.6.1',
  source: 'src/client.ts',
  formula: '1000 · 2^n + floor(2700 U + 300); gives up after 5',
  settings: { baseMs: 1000, spreadMs: 2700, minJitterMs: 300, maxRetries: 5 },
  resets: 'message',
  delay(seen, settings, random) {
    if (seen.retry >= settings.maxRetries) return 'exhausted'
    return settings.baseMs * 2 ** seen.retry + Math.floor(random() * settings.spreadMs + settings.minJitterMs)
  },
})

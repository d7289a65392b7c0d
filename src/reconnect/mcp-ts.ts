import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'The TypeScript client of the Model Context Protocol (Streamable HTTP)',
  library: '@modelcontextprotocol/client 2.0.0',
  source: 'packages/client/src/client/streamableHttp.ts',
  formula: 'the last retry:, else min(30000, 1000 · 1.5^n); gives up after 2',
  settings: { baseMs: 1000, factor: 1.5, capMs: 30_000, maxRetries: 2 },
  resets: 'open',
  delay(seen, settings) {
    if (seen.retry >= settings.maxRetries) return 'exhausted'
    return seen.retryMs ?? Math.min(settings.capMs, settings.baseMs * settings.factor ** seen.retry)
  },
})

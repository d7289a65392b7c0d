import { definePolicy } from './policy.ts'

// A stream that ends in order resolves the promise and is not opened again; every other end is an error and retried.
export default definePolicy({
  title: 'fetch-event-source with its default handlers',
  library: '@microsoft/fetch-event-source 2.0.1',
  source: 'src/fetch.ts',
  formula: '1000, or the last retry:',
  settings: { delayMs: 1000 },
  resets: 'never',
  delay: (seen, settings) => (seen.ending.clean ? 'clean-end' : (seen.retryMs ?? settings.delayMs)),
})

import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'The same delay before every retry',
  library: 'none',
  source: 'rtbench',
  formula: 'delay',
  settings: { delayMs: 1000 },
  resets: 'never',
  delay: (_seen, settings) => settings.delayMs,
})

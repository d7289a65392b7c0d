import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'No backoff at all',
  library: 'AWS Architecture Blog, Exponential Backoff And Jitter',
  source: 'aws-samples/aws-arch-backoff-simulator, src/backoff_simulator.py',
  formula: '0',
  settings: {},
  resets: 'never',
  delay: () => 0,
})

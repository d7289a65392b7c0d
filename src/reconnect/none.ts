import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'Never tries again',
  library: 'none',
  source: 'rtbench',
  formula: 'gives up at once',
  settings: {},
  resets: 'never',
  delay: () => 'exhausted',
})

import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'Slack Socket Mode',
  library: '@slack/socket-mode 3.0.0',
  source: 'packages/socket-mode/src/SocketModeClient.ts',
  formula: '5000 · (n + 1), without a cap',
  settings: { stepMs: 5000 },
  resets: 'message',
  delay: (seen, settings) => settings.stepMs * (seen.retry + 1),
})

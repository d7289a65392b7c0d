import { definePolicy } from './policy.ts'

// Only with withAutomaticReconnect(); without it a SignalR client does not reconnect at all.
export default definePolicy({
  title: 'SignalR with automatic reconnect',
  library: '@microsoft/signalr 8',
  source: 'src/SignalR/clients/ts/signalr/src/DefaultReconnectPolicy.ts',
  formula: '[0, 2000, 10000, 30000][n]; gives up after 4',
  settings: { stepsMs: [0, 2000, 10_000, 30_000] },
  resets: 'message',
  delay: (seen, settings) => settings.stepsMs[seen.retry] ?? 'exhausted',
})

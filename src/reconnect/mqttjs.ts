import { definePolicy } from './policy.ts'

export default definePolicy({
  title: 'MQTT.js',
  library: 'mqtt 5.14.1',
  source: 'src/lib/client.ts, reconnectPeriod',
  formula: '1000',
  settings: { delayMs: 1000 },
  resets: 'never',
  delay: (_seen, settings) => settings.delayMs,
})

import { defineFault } from '../wire/fault.ts'

export default defineFault({
  title: 'The process hangs: connections stay open and new ones are accepted, nothing is answered',
  reads: 'tcp',
  settings: {},
  cut: connection => connection.fallSilent(),
  meets: (_settings, timeoutMs) => ({ sinceAttemptMs: timeoutMs }),
  listener: 'open',
  arrive(connection) {
    connection.fallSilent()
    return 'met'
  },
})

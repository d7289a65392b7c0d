import { defineFault } from '../wire/fault.ts'

export default defineFault({
  title: 'The TLS handshake is never answered: the first bytes of a client are read and nothing comes back',
  reads: 'tcp',
  settings: {},
  meets: (_settings, timeoutMs) => ({ sinceAttemptMs: timeoutMs }),
  listener: 'open',
  arrive(connection) {
    connection.fallSilent()
    return 'met'
  },
})

import { defineFault } from '../wire/fault.ts'

// A listener whose queue is full, in a stopped process, makes the kernel drop every further SYN: the connect neither
// succeeds nor fails until the client gives up. Linux only.
export default defineFault({
  title: 'Packets vanish: open connections fall silent, connects get no answer',
  reads: 'tcp',
  settings: {},
  cut: connection => connection.fallSilent(),
  meets: (_settings, timeoutMs) => ({ sinceAttemptMs: timeoutMs }),
  listener: 'black-hole',
})

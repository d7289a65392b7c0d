import { defineFault } from '../wire/fault.ts'

// Nobody is told: only a client with a heartbeat or an idle limit of its own comes back.
export default defineFault({
  title: 'Open connections fall silent, new ones are served',
  reads: 'tcp',
  settings: {},
  cut: connection => connection.fallSilent(),
  listener: 'open',
})

import { defineFault } from '../wire/fault.ts'

// A WebSocket client waits for its 101, an event stream for its head: those with a shorter connect timeout come again.
export default defineFault({
  title: 'The answer to every new connection comes late (delay=5s)',
  reads: 'tcp',
  settings: { delayMs: 5000 },
  listener: 'open',
  arrive(connection, { delayMs }) {
    connection.relay({ holdAnswerMs: delayMs })
    return 'met'
  },
})

import { defineFault } from '../wire/fault.ts'

// The client sees the end of the stream, a WebSocket client 1006.
export default defineFault({
  title: 'Every connection ends with FIN, without a Close frame; new ones are refused',
  reads: 'tcp',
  settings: {},
  cut: connection => connection.finish(),
  meets: () => ({ sinceAttemptMs: 1 }),
  listener: 'closed',
})

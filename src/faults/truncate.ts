import { defineFault } from '../wire/fault.ts'

export default defineFault({
  title: 'Every response ends in the middle of a chunk, every WebSocket in the middle of a frame; new ones are refused',
  reads: 'http',
  settings: {},
  cut: connection => connection.truncate(),
  meets: () => ({ sinceAttemptMs: 1 }),
  listener: 'closed',
})

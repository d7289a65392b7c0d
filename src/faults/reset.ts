import { defineFault } from '../wire/fault.ts'

// Unlike a middle box that resets when data next arrives, idle connections are reset too. New ones are refused meanwhile.
export default defineFault({
  title: 'Every connection is reset, idle or not; new ones are refused',
  reads: 'tcp',
  settings: {},
  cut: connection => connection.reset(),
  meets: () => ({ sinceAttemptMs: 1 }),
  listener: 'closed',
})

import { defineFault } from '../wire/fault.ts'

export default defineFault({
  title: 'The process is gone: connections are reset, new ones refused',
  reads: 'tcp',
  settings: {},
  meets: () => ({ sinceAttemptMs: 1 }),
  listener: 'closed',
})

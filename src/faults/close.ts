import { defineFault } from '../wire/fault.ts'

// `close:code=1012` is a restart, 1001 going away, 1011 an error, 1013 try again later; 4000 to 4999 are the application's.
export default defineFault({
  title: 'Every WebSocket is closed with a code (1001); new connections are refused',
  reads: 'http',
  settings: { code: 1001 },
  cut: (connection, { code }) => connection.closeWith(code),
  lost: ({ code }) => ({ closeCode: code }),
  meets: () => ({ sinceAttemptMs: 1 }),
  listener: 'closed',
})

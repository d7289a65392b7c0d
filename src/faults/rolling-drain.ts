import { defineFault } from '../wire/fault.ts'

// A deployment: each connection is told to go (1001 on a WebSocket, the end of the stream otherwise), new ones are served.
export default defineFault({
  title: 'A share of the connections is sent away every second (share=0.1)',
  reads: 'http',
  settings: { share: 0.1, code: 1001 },
  cut: (connection, { code }) => connection.closeWith(code),
  cutShare: ({ share }) => share,
  listener: 'open',
})

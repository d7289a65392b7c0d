import { defineFault } from '../wire/fault.ts'

// A server that accepts and then finds that it cannot serve: whoever counts retries only until the connection opens comes
// back for ever at its first delay.
export default defineFault({
  title: 'New connections open and are closed again after 200 ms',
  reads: 'tcp',
  settings: { upMs: 200 },
  meets: ({ upMs }) => ({ sinceAttemptMs: upMs, upMs, greeted: true }),
  listener: 'open',
  arrive(connection, { upMs }) {
    connection.relay({ closeAfterMs: upMs })
    return 'met'
  },
})

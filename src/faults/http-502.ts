import { defineFault } from '../wire/fault.ts'

export default defineFault({
  title: 'The proxy in front answers 502 for a server that is gone',
  reads: 'http',
  settings: {},
  cut: connection => connection.finish(),
  meets: () => ({ sinceAttemptMs: 1, status: 502 }),
  listener: 'open',
  arrive(connection) {
    connection.answer(502, 'Bad Gateway')
    return 'met'
  },
})

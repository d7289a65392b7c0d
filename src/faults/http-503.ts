import { defineFault } from '../wire/fault.ts'

export default defineFault({
  title: 'The proxy in front answers 503; retryAfter=10s adds Retry-After',
  reads: 'http',
  settings: { retryAfterMs: 0 },
  cut: connection => connection.finish(),
  meets: ({ retryAfterMs }) => ({ sinceAttemptMs: 1, status: 503, ...(retryAfterMs > 0 && { retryAfterMs }) }),
  listener: 'open',
  arrive(connection, { retryAfterMs }) {
    const headers = retryAfterMs > 0 ? { 'Retry-After': String(Math.ceil(retryAfterMs / 1000)) } : {}
    connection.answer(503, 'Service Unavailable', headers)
    return 'met'
  },
})

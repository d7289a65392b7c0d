import type { WebSocketCheck } from '../../check.ts'
import { declines } from '../../websocket/refused-offers.ts'

const offers = [
  'server_no_context_takeover; server_no_context_takeover',
  'server_max_window_bits=10; server_max_window_bits=12',
  'client_max_window_bits; client_max_window_bits=10',
]

export default {
  title: 'An offer with a parameter twice is declined',
  why: 'Two values for one window: each side takes another one.',
  fix: 'Decline offers in which a name stands twice.',
  covers: [{ row: 'ws.pmd.bad-dup' }],
  ...declines(offers, 'The negotiation offer contains multiple extension parameters with the same name.'),
} satisfies WebSocketCheck

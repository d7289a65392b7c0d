import type { WebSocketCheck } from '../../check.ts'
import { declines } from '../../websocket/refused-offers.ts'

const offers = [
  'server_max_window_bits=7',
  'server_max_window_bits=16',
  'server_max_window_bits=0',
  'server_max_window_bits=09',
  'server_max_window_bits=x',
  'server_max_window_bits',
  'client_max_window_bits=7',
  'server_no_context_takeover=1',
]

export default {
  title: 'An offer with an invalid value is declined',
  why: 'What is accepted but not understood is compressed differently than the client expects, or breaks the server.',
  fix: 'Check each value against 8 to 15 without leading zero, flags against having none, and leave the extension out of the answer.',
  covers: [{ row: 'ws.pmd.bad-value' }],
  ...declines(offers, 'The negotiation offer contains an extension parameter with an invalid value.'),
} satisfies WebSocketCheck

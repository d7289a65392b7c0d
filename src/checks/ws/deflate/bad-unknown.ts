import type { WebSocketCheck } from '../../check.ts'
import { declines } from '../../websocket/refused-offers.ts'

const offers = ['rtbench_unknown', 'rtbench_unknown=15', 'server_no_context_takeover; rtbench_unknown']

export default {
  title: 'An offer with an unknown parameter is declined',
  why: 'The parameter may change how the payload is encoded: to accept without knowing it is to agree to something else.',
  fix: 'Decline offers with a parameter that is not one of the four.',
  covers: [{ row: 'ws.pmd.bad-unknown' }],
  ...declines(offers, 'The negotiation offer contains an extension parameter not defined for use in an offer.'),
} satisfies WebSocketCheck

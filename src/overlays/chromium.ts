import type { Overlay } from './overlay.ts'

const UNITS = 65_536
const MAX_DOUBLINGS = 16

// The browser counts over all WebSockets of a page's process; each client here is alone in its process, has nothing
// pending, and was opened longer ago than the three to six minutes that the browser remembers successes.
export default {
  title: 'Chromium holds back the WebSocket opens of a process that keeps failing',
  source: 'services/network/websocket_throttler.cc, CalculateDelay()',
  combine: 'add',
  holdMs(seen, _previousHoldMs, random) {
    const drawnMs = Math.floor(random() * 4001) + 1000
    return Math.floor((drawnMs * 2 ** Math.min(seen.failures, MAX_DOUBLINGS)) / UNITS)
  },
} satisfies Overlay

import type { Overlay } from './overlay.ts'

const MAX_MS = 60_000

// Counted from the last failure, as the policy's own delay is; it is forgotten when a connection opens.
export default {
  title: 'Firefox delays WebSocket opens to a host, path and port that just failed',
  source: 'netwerk/protocol/websocket/WebSocketChannel.cpp, FailDelay',
  combine: 'max',
  holdMs: (_seen, previousHoldMs, random) =>
    previousHoldMs === 0 ? 200 + Math.floor(random() * 200) : Math.floor(Math.min(MAX_MS, previousHoldMs * 1.5)),
} satisfies Overlay

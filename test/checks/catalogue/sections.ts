import { longPolling } from './long-polling.ts'
import { sseFormat } from './sse-format.ts'
import { sseResponse } from './sse-response.ts'
import { sseTiming } from './sse-timing.ts'
import { websocketClose } from './websocket-close.ts'
import { websocketDeflate } from './websocket-deflate.ts'
import { websocketFraming } from './websocket-framing.ts'
import { websocketHandshake } from './websocket-handshake.ts'
import { websocketPing } from './websocket-ping.ts'
import { websocketSecurity } from './websocket-security.ts'
import { websocketUtf8 } from './websocket-utf8.ts'

/** The whole catalogue, in its order. */
export const sections = {
  'WebSocket: opening handshake': websocketHandshake,
  'WebSocket: framing': websocketFraming,
  'WebSocket: UTF-8': websocketUtf8,
  'WebSocket: close': websocketClose,
  'WebSocket: ping and pong': websocketPing,
  'WebSocket: permessage-deflate': websocketDeflate,
  'WebSocket: security and limits': websocketSecurity,
  'Event stream: response': sseResponse,
  'Event stream: format': sseFormat,
  'Event stream: timing, resume, lifecycle': sseTiming,
  'Long polling': longPolling,
} as const

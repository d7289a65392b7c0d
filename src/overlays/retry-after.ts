import type { Overlay } from './overlay.ts'

export default {
  title: 'The client waits at least as long as Retry-After says',
  source: 'RFC 9110 §10.2.3; no library of the catalogue does so by itself',
  combine: 'max',
  holdMs: seen => seen.ending.retryAfterMs ?? 0,
} satisfies Overlay

import type { Recipe } from './recipe.ts'

const haproxy: Recipe = {
  title: 'HAProxy',
  fingerprints: [],
  coalescesMs: [150, 320],
  defaults: [
    'it sends no header of its own; small pieces of an answer wait about 200 ms for more (MSG_MORE)',
    'timeout tunnel holds for WebSocket, timeout client and timeout server for event streams',
  ],
  timeouts: [{ seconds: 60, what: 'timeout client or timeout server, as commonly configured' }],
  remedies: {
    coalescing: ['option http-no-delay'],
    'headers-held': ['option http-no-delay'],
    compression: ['no compression for text/event-stream in: compression type'],
    idle: ['timeout tunnel 1h', 'timeout client-fin 30s', 'timeout client 1h', 'timeout server 1h'],
    upgrade: ['remove the http-request del-header upgrade rule'],
    'header-dropped': ['remove the http-request del-header {name} rule'],
    cache: ['http-request cache-use only where the answers may be shared'],
  },
  source: 'HAProxy configuration manual: option http-no-delay, timeout tunnel',
  basis: 'tested',
}

export default haproxy

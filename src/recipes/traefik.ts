import type { Recipe } from './recipe.ts'

const traefik: Recipe = {
  title: 'Traefik',
  fingerprints: [],
  defaults: [
    'flushes event streams at once, other answers every 100 ms',
    'readTimeout 60 s since 2.11.2 and 3.0, which ends WebSockets too (as users report); idleTimeout 180 s',
  ],
  timeouts: [
    { seconds: 60, what: 'respondingTimeouts.readTimeout, a lifetime' },
    { seconds: 180, what: 'respondingTimeouts.idleTimeout' },
  ],
  remedies: {
    coalescing: ['loadBalancer.responseForwarding.flushInterval: 1ms'],
    compression: ['compress: { excludedContentTypes: [text/event-stream] }'],
    idle: ['entryPoints.web.transport.respondingTimeouts.readTimeout: 0'],
  },
  source: 'doc.traefik.io, entry points: respondingTimeouts, services: responseForwarding, compress (2026-11)',
  basis: 'documented',
}

export default traefik

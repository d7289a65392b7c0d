import type { Recipe } from './recipe.ts'

const caddy: Recipe = {
  title: 'Caddy',
  fingerprints: [
    { header: 'server', pattern: /^caddy/i },
    { header: 'via', pattern: /\bcaddy\b/i },
  ],
  defaults: [
    'flushes event streams at once and has no idle timeout; a reload of the configuration ends streams',
    'encode compresses events of 512 octets and more and holds them until the compressor is full',
  ],
  timeouts: [],
  remedies: {
    buffering: ['flush_interval -1'],
    compression: ['encode { match { not header Content-Type text/event-stream* } }'],
    idle: ['stream_timeout 24h', 'stream_close_delay 5m'],
    'header-dropped': ['remove the line: header_up -{name}'],
  },
  source: 'Caddy documentation, reverse_proxy and encode',
  basis: 'tested',
}

export default caddy

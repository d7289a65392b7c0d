import type { Recipe } from './recipe.ts'

const cloudflare: Recipe = {
  title: 'Cloudflare',
  fingerprints: [
    { header: 'cf-ray', pattern: /./ },
    { header: 'server', pattern: /^cloudflare/i },
  ],
  defaults: [
    'no octet from the origin for 120 s ends in 524 (older texts: 100 s; Enterprise may change it); idle client connections 400 s, origin 900 s',
    'a quick tunnel holds GET while POST streams (cloudflared issue 1449: reported, not documented)',
  ],
  timeouts: [
    { seconds: 100, what: 'origin read timeout (524), by older texts' },
    { seconds: 120, what: 'origin read timeout (524)' },
    { seconds: 400, what: 'idle client connection' },
    { seconds: 900, what: 'idle origin connection' },
  ],
  remedies: {
    buffering: ['from the origin: Content-Type: text/event-stream and Cache-Control: no-cache, no-transform'],
    compression: ['from the origin: Cache-Control: no-transform', 'from the client: Accept-Encoding: identity'],
    idle: ['a comment or message from the origin every 30 s or less'],
    cache: ['from the origin: Cache-Control: no-store'],
  },
  source:
    'developers.cloudflare.com/fundamentals/reference/connection-limits (2026-07); cloudflare/cloudflared issue 1449',
  basis: 'documented',
}

export default cloudflare

import type { Recipe } from './recipe.ts'

const render: Recipe = {
  title: 'Render',
  fingerprints: [{ header: 'rndr-id', pattern: /./ }],
  defaults: [
    'WebSockets without a limit of their own; instances restart on deploys; Cloudflare stands before it (by its headers, not by its documentation)',
  ],
  timeouts: [{ seconds: 100, what: 'a request without an answer, as users report' }],
  remedies: { idle: ['a heartbeat every 30 s'] },
  source: 'render.com/docs/websocket, render.com/docs/web-services; what is reported is not in them (2026-11)',
  basis: 'documented',
}

export default render

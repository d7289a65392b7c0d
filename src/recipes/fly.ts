import type { Recipe } from './recipe.ts'

const fly: Recipe = {
  title: 'Fly proxy',
  fingerprints: [
    { header: 'fly-request-id', pattern: /./ },
    { header: 'server', pattern: /^fly/i },
  ],
  defaults: ['idle connections end after 60 s (as users report: the documentation names the setting, but no default)'],
  timeouts: [{ seconds: 60, what: 'idle_timeout, as users report' }],
  remedies: { idle: ['http_service.http_options.idle_timeout = 600 in fly.toml, and a heartbeat every 30 s'] },
  source: 'fly.io/docs/reference/configuration, http_options (2026-11)',
  basis: 'documented',
}

export default fly

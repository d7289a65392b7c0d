import type { Recipe } from './recipe.ts'

const fly: Recipe = {
  title: 'Fly proxy',
  fingerprints: [
    { header: 'fly-request-id', pattern: /./ },
    { header: 'server', pattern: /^fly/i },
  ],
  defaults: ['idle connections end after 60 s'],
  timeouts: [{ seconds: 60, what: 'idle_timeout' }],
  remedies: { idle: ['http_service.http_options.idle_timeout = 600 in fly.toml, and a heartbeat every 30 s'] },
  source: 'Fly documentation, app configuration',
  basis: 'documented',
}

export default fly

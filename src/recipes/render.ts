import type { Recipe } from './recipe.ts'

const render: Recipe = {
  title: 'Render',
  fingerprints: [{ header: 'rndr-id', pattern: /./ }],
  defaults: ['Cloudflare stands before it; instances restart on deploys'],
  timeouts: [{ seconds: 100, what: 'origin read timeout of Cloudflare' }],
  remedies: { idle: ['a heartbeat every 30 s'] },
  source: 'Render documentation, web services',
  basis: 'documented',
}

export default render

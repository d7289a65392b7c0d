import type { Recipe } from './recipe.ts'

const envoy: Recipe = {
  title: 'Envoy or Istio',
  fingerprints: [
    { header: 'server', pattern: /envoy/i },
    { header: 'x-envoy-upstream-service-time', pattern: /./ },
  ],
  defaults: [
    'the route timeout of 15 s ends streams; stream_idle_timeout 5 min; circuit breakers at 1,024 connections',
  ],
  timeouts: [
    { seconds: 15, what: 'route timeout, a lifetime' },
    { seconds: 300, what: 'stream_idle_timeout' },
    { seconds: 3600, what: 'connection idle_timeout' },
  ],
  remedies: {
    idle: ['route: { timeout: 0s }', 'stream_idle_timeout: 0s'],
    upgrade: ['upgrade_configs: [{ upgrade_type: websocket }]'],
    compression: ['compressor: content_type without text/event-stream'],
  },
  source: 'Envoy documentation, timeouts and HTTP upgrades',
  basis: 'documented',
}

export default envoy

import type { Recipe } from './recipe.ts'

const envoy: Recipe = {
  title: 'Envoy or Istio',
  fingerprints: [
    { header: 'server', pattern: /envoy/i },
    { header: 'x-envoy-upstream-service-time', pattern: /./ },
  ],
  defaults: [
    'the route timeout of 15 s, from the end of the request to the end of the answer, ends event streams (Istio has it off)',
    'stream_idle_timeout 5 min; a connection without a stream 1 h; circuit breakers at 1,024 connections',
  ],
  timeouts: [
    { seconds: 15, what: 'route timeout, a lifetime of answers' },
    { seconds: 300, what: 'stream_idle_timeout' },
    { seconds: 3600, what: 'connection idle_timeout' },
  ],
  remedies: {
    idle: ['route: { timeout: 0s }', 'stream_idle_timeout: 0s'],
    upgrade: ['upgrade_configs: [{ upgrade_type: websocket }]'],
    compression: ['compressor: content_type without text/event-stream'],
  },
  source:
    'envoyproxy.io/docs, FAQ: How do I configure timeouts, HTTP upgrades, circuit breaking; istio.io, request timeouts (2026-11)',
  basis: 'documented',
}

export default envoy

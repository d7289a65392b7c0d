import type { Recipe } from './recipe.ts'

const apache: Recipe = {
  title: 'Apache httpd',
  fingerprints: [{ header: 'server', pattern: /^apache/i }],
  defaults: ['streams events at once; ProxyTimeout is Timeout, 60 s; WebSocket needs upgrade=websocket (2.4.47)'],
  timeouts: [{ seconds: 60, what: 'ProxyTimeout' }],
  remedies: {
    buffering: ['ProxyPass / http://origin/ flushpackets=on'],
    compression: ['SetEnvIf Request_URI ^/events no-gzip=1'],
    idle: ['ProxyTimeout 3600'],
    upgrade: ['ProxyPass / http://origin/ upgrade=websocket'],
    'header-dropped': ['remove the line: RequestHeader unset {name}'],
    cache: ['CacheDisable /'],
  },
  source: 'Apache HTTP Server documentation, mod_proxy',
  basis: 'tested',
}

export default apache

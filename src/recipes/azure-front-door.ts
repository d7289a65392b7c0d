import type { Recipe } from './recipe.ts'

const azureFrontDoor: Recipe = {
  title: 'Azure Front Door',
  fingerprints: [{ header: 'x-azure-ref', pattern: /./ }],
  defaults: [
    'Server-Sent Events are not supported; WebSocket idle 5 min, lifetime 4 h, 3,000 at once for a profile, no caching on its route',
  ],
  timeouts: [
    { seconds: 230, what: 'Azure App Service behind it (not rechecked)' },
    { seconds: 240, what: 'Azure Load Balancer behind it (not rechecked)' },
    { seconds: 300, what: 'WebSocket idle' },
    { seconds: 14_400, what: 'WebSocket lifetime' },
  ],
  remedies: {
    upgrade: ['caching off for the route: with it on, Upgrade is not passed on'],
    buffering: ['use WebSocket, or lead event streams past it'],
    cache: ['caching off for the route'],
    idle: ['a heartbeat every 2 min, and a planned reconnect before four hours'],
  },
  source: 'learn.microsoft.com/azure/frontdoor/standard-premium/websocket (2026-11)',
  basis: 'documented',
}

export default azureFrontDoor

import type { Recipe } from './recipe.ts'

const azureFrontDoor: Recipe = {
  title: 'Azure Front Door',
  fingerprints: [{ header: 'x-azure-ref', pattern: /./ }],
  defaults: [
    'Server-Sent Events are not supported; WebSocket idle 5 min, lifetime 4 h; App Service idles out at 230 s',
  ],
  timeouts: [
    { seconds: 230, what: 'Azure App Service' },
    { seconds: 240, what: 'Azure Load Balancer' },
    { seconds: 300, what: 'WebSocket idle' },
    { seconds: 14_400, what: 'WebSocket lifetime' },
  ],
  remedies: {
    buffering: ['use WebSocket, or lead event streams past it'],
    cache: ['caching off for the route'],
    idle: ['a heartbeat every 2 min, and a planned reconnect before four hours'],
  },
  source: 'Microsoft documentation, Azure Front Door WebSocket and SSE',
  basis: 'documented',
}

export default azureFrontDoor

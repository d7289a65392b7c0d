import type { Recipe } from './recipe.ts'

const googleCloudLoadBalancer: Recipe = {
  title: 'Google Cloud load balancer',
  fingerprints: [{ header: 'via', pattern: /\bgoogle\b/i }],
  defaults: [
    'classic (GKE Ingress too): the backend timeout of 30 s ends a WebSocket, idle or not',
    'global external: it ends only an idle one, an active one ends after 24 h; an answer must be whole within it',
    'keep-alive to the client 610 s (regional: 600 s), to the backend 600 s',
  ],
  timeouts: [
    { seconds: 30, what: 'backend service timeout, a lifetime on the classic one' },
    { seconds: 600, what: 'keep-alive to the backend' },
    { seconds: 610, what: 'keep-alive to the client' },
    { seconds: 86_400, what: 'lifetime of an active WebSocket' },
  ],
  remedies: { idle: ['gcloud compute backend-services update NAME --timeout=86400'] },
  source:
    'docs.cloud.google.com/load-balancing/docs/https/request-distribution (2026-10); kubernetes/ingress-gce, WebSocket example',
  basis: 'documented',
}

export default googleCloudLoadBalancer

import type { Recipe } from './recipe.ts'

const googleCloudLoadBalancer: Recipe = {
  title: 'Google Cloud load balancer',
  fingerprints: [{ header: 'via', pattern: /\bgoogle\b/i }],
  defaults: ['the backend timeout of 30 s is the lifetime of a WebSocket, not its idle time; keep-alive 610 s'],
  timeouts: [
    { seconds: 30, what: 'backend service timeout, a lifetime' },
    { seconds: 600, what: 'keep-alive' },
  ],
  remedies: { idle: ['gcloud compute backend-services update NAME --timeout=86400'] },
  source: 'cloud.google.com, backend service timeout; kubernetes/ingress-gce, WebSocket example',
  basis: 'documented',
}

export default googleCloudLoadBalancer

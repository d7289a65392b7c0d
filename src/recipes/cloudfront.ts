import type { Recipe } from './recipe.ts'

const cloudfront: Recipe = {
  title: 'Amazon CloudFront',
  fingerprints: [
    { header: 'x-amz-cf-id', pattern: /./ },
    { header: 'via', pattern: /\(CloudFront\)/i },
  ],
  defaults: [
    'origin response timeout 30 s between packets, 1 to 120 s; WebSocket idle 10 min; compression may hold chunks (not documented)',
  ],
  timeouts: [
    { seconds: 30, what: 'origin response timeout' },
    { seconds: 600, what: 'WebSocket idle' },
  ],
  remedies: {
    compression: ['Compress: false in the cache behaviour'],
    idle: ['OriginReadTimeout: 120', 'a heartbeat every 15 s'],
    upgrade: ['an origin request policy that forwards Sec-WebSocket-Key and Sec-WebSocket-Version: Managed-AllViewer'],
    'header-dropped': ['an origin request policy that forwards {name}: Managed-AllViewer'],
    cache: ['CachePolicyId: Managed-CachingDisabled'],
  },
  source: 'docs.aws.amazon.com, CloudFront, quotas on WebSockets, CustomOriginConfig and VpcOriginConfig (2026-11)',
  basis: 'documented',
}

export default cloudfront

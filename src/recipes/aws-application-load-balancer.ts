import type { Recipe } from './recipe.ts'

const awsApplicationLoadBalancer: Recipe = {
  title: 'AWS Application Load Balancer',
  fingerprints: [
    { header: 'server', pattern: /^awselb/i },
    { header: 'set-cookie', pattern: /^AWSALB(CORS)?=/ },
  ],
  defaults: ['idle timeout 60 s, 1 to 4,000 s; an HTTP/2 PING does not reset it'],
  timeouts: [
    { seconds: 60, what: 'idle_timeout.timeout_seconds' },
    { seconds: 350, what: 'a Network Load Balancer before it' },
  ],
  remedies: {
    idle: ['aws elbv2 modify-load-balancer-attributes --attributes Key=idle_timeout.timeout_seconds,Value=3600'],
  },
  source: 'docs.aws.amazon.com, Application Load Balancers, edit attributes: connection idle timeout (2026-11)',
  basis: 'documented',
}

export default awsApplicationLoadBalancer

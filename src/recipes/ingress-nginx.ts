import type { Recipe } from './recipe.ts'

const ingressNginx: Recipe = {
  title: 'ingress-nginx',
  fingerprints: [],
  defaults: [
    'proxy-buffering off, timeouts of 60 s; a reload ends WebSockets after worker-shutdown-timeout, 240 s',
    'the project is retired since March 2026',
  ],
  timeouts: [{ seconds: 60, what: 'proxy-read-timeout' }],
  remedies: {
    buffering: ['nginx.ingress.kubernetes.io/proxy-buffering: "off"'],
    'headers-held': ['nginx.ingress.kubernetes.io/proxy-buffering: "off"'],
    idle: [
      'nginx.ingress.kubernetes.io/proxy-read-timeout: "3600"',
      'nginx.ingress.kubernetes.io/proxy-send-timeout: "3600"',
    ],
  },
  source:
    'kubernetes/ingress-nginx, docs: ConfigMap, annotations; issues 2461, 2647; kubernetes.io/blog, Ingress NGINX Retirement (2025-11)',
  basis: 'documented',
}

export default ingressNginx

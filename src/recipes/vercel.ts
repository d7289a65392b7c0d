import type { Recipe } from './recipe.ts'

const vercel: Recipe = {
  title: 'Vercel',
  fingerprints: [
    { header: 'x-vercel-id', pattern: /./ },
    { header: 'server', pattern: /^vercel/i },
  ],
  defaults: [
    'a connection ends with its function: after 300 s, on paid plans after up to 800 s, since June 2026 up to 1,800 s',
  ],
  timeouts: [
    { seconds: 300, what: 'function duration, a lifetime' },
    { seconds: 800, what: 'function duration, a lifetime' },
    { seconds: 1800, what: 'function duration, a lifetime' },
  ],
  remedies: { idle: ['maxDuration in vercel.json, and a protocol that resumes'] },
  source: 'vercel.com/docs/functions/limitations (2025-12), changelog of 2026-06-15 for 1,800 s as others quote it',
  basis: 'documented',
}

export default vercel

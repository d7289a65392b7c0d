import type { Recipe } from './recipe.ts'

const vercel: Recipe = {
  title: 'Vercel',
  fingerprints: [
    { header: 'x-vercel-id', pattern: /./ },
    { header: 'server', pattern: /^vercel/i },
  ],
  defaults: ['a connection ends with its function: after 300 s, or up to 800 s'],
  timeouts: [
    { seconds: 300, what: 'function duration, a lifetime' },
    { seconds: 800, what: 'function duration, a lifetime' },
  ],
  remedies: { idle: ['maxDuration in vercel.json, and a protocol that resumes'] },
  source: 'Vercel documentation, function limits',
  basis: 'documented',
}

export default vercel

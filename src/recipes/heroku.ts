import type { Recipe } from './recipe.ts'

const heroku: Recipe = {
  title: 'Heroku router',
  fingerprints: [{ header: 'via', pattern: /\bvegur\b|heroku-router/i }],
  defaults: [
    '30 s to the first octet (H12), then 55 s between octets of either side (H15, H28); neither can be changed',
  ],
  timeouts: [
    { seconds: 30, what: 'to the first octet' },
    { seconds: 55, what: 'between octets' },
  ],
  remedies: { idle: ['cannot be changed: send an octet every 25 s'] },
  source: 'devcenter.heroku.com/articles/request-timeout and http-routing (2026-11)',
  basis: 'documented',
}

export default heroku

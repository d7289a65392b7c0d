import type { Recipe } from './recipe.ts'

const heroku: Recipe = {
  title: 'Heroku router',
  fingerprints: [{ header: 'via', pattern: /\bvegur\b|heroku-router/i }],
  defaults: ['30 s to the first octet, then 55 s between octets (H15, H28)'],
  timeouts: [
    { seconds: 30, what: 'to the first octet' },
    { seconds: 55, what: 'between octets' },
  ],
  remedies: { idle: ['cannot be changed: send an octet every 25 s'] },
  source: 'devcenter.heroku.com/articles/http-routing, timeouts',
  basis: 'documented',
}

export default heroku

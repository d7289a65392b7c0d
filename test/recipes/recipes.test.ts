import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identifyHop, loadRecipes, remedyLines, timeoutOwners } from '../../src/engine/proxy/hop.ts'
import { REMEDIES } from '../../src/recipes/recipe.ts'

const recipes = await loadRecipes()

test('every recipe names its source, and only remedies that findings ask for', () => {
  assert.ok(recipes.length >= 18)
  for (const { title, source, remedies, basis, defaults } of recipes) {
    assert.ok(source !== '' && defaults.length > 0, title)
    assert.ok(['tested', 'documented'].includes(basis))
    for (const kind of Object.keys(remedies))
      assert.ok((REMEDIES as readonly string[]).includes(kind), `${title} ${kind}`)
  }
})

test('a hop is named by its headers, and HAProxy, which adds none, by its period', () => {
  const named = (headers: [string, string][], coalescesMs: number | null = null) =>
    identifyHop(recipes, headers, coalescesMs).recipe?.title
  assert.equal(named([['Server', 'nginx/1.22.1']]), 'nginx')
  assert.equal(named([['Via', '1.1 varnish (Varnish/7.1)']]), 'Varnish')
  assert.equal(
    named([
      ['CF-RAY', '8a'],
      ['Server', 'cloudflare'],
    ]),
    'Cloudflare',
  )
  assert.equal(named([], 204), 'HAProxy')
  assert.equal(named([['Server', 'something']], null), undefined)
})

test('what is documented and not tried is marked so in every line of advice', () => {
  const cloudflare = identifyHop(recipes, [['cf-ray', 'x']], null)
  assert.match(remedyLines(cloudflare, 'compression')[0]!, /documented: .*; not verified here/)
  const nginx = identifyHop(recipes, [['server', 'nginx']], null)
  assert.deepEqual(remedyLines(nginx, 'buffering'), ['nginx: proxy_http_version 1.1; proxy_buffering off;'])
})

test('without a name the advice is for all that were tried', () => {
  const unknown = identifyHop(recipes, [], null)
  const lines = remedyLines(unknown, 'buffering')
  for (const name of ['nginx', 'Apache', 'Caddy', 'Varnish'])
    assert.ok(
      lines.some(line => line.startsWith(name)),
      name,
    )
})

test('a timeout is put down to those whose limit it is', () => {
  const unknown = identifyHop(recipes, [], null)
  assert.ok(timeoutOwners(unknown, 60.1).includes('nginx: proxy_read_timeout'))
  assert.deepEqual(timeoutOwners(identifyHop(recipes, [['server', 'nginx']], null), 60), ['nginx: proxy_read_timeout'])
  assert.deepEqual(timeoutOwners(unknown, 44), [])
})

import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { probeMatrix } from '../../../src/engine/proxy/buffering/matrix.ts'
import type { PathClass, PathDiagnosis } from '../../../src/engine/proxy/classify/classify-path.ts'
import { openOrigin } from '../../../src/engine/proxy/origin/origin.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { CONFIGURATIONS, type Configuration, runConfigurations } from './configurations.ts'
import { delayedRelay } from './delayed-relay.ts'
import { freePorts, isInstalled } from './proxies/run-proxy.ts'
import { targetAt } from './target-at.ts'

const AT_ONCE = 9

const shown = ({ name, identity, gzip, accelOff }: Configuration) => ({ name, identity, gzip, accelOff })

function found(name: string, diagnoses: readonly PathDiagnosis[]) {
  const gets = diagnoses.filter(({ method }) => method === 'GET')
  const kinds = (of: (diagnosis: PathDiagnosis) => PathClass | null) => gets.map(diagnosis => of(diagnosis)?.kind)
  const [identity, gzip] = kinds(({ outcome }) => outcome)
  return { name, identity, gzip, accelOff: kinds(({ withAccelOff }) => withAccelOff)[1] }
}

async function probeAll(t: TestContext) {
  const missing = [...new Set(CONFIGURATIONS.map(({ program }) => program))].filter(program => !isInstalled(program))
  if (missing.length > 0) t.diagnostic(`not installed, left out: ${missing.join(', ')}`)
  const chosen = CONFIGURATIONS.filter(({ program }) => !missing.includes(program))
  const origin = await openOrigin({ host: '127.0.0.1', port: 0 })
  const ports = await freePorts(chosen.length)
  const proxies = await runConfigurations(chosen, origin.port, ports)
  const results: ReturnType<typeof found>[] = []
  try {
    for (let from = 0; from < chosen.length; from += AT_ONCE) {
      const some = chosen.slice(from, from + AT_ONCE).map(async ({ name }, index) => {
        const { diagnoses } = await probeMatrix(targetAt(ports[from + index]!), origin)
        return found(name, diagnoses)
      })
      results.push(...(await Promise.all(some)))
    }
  } finally {
    await Promise.all(proxies.map(proxy => proxy.stop()))
    await origin.close()
  }
  return { expected: chosen.map(shown), results }
}

for (const round of ['once', 'twice'])
  test(`each of 27 proxy configurations is given its class, ${round}`, { timeout: 120_000 }, async t => {
    if (!CONFIGURATIONS.some(({ program }) => isInstalled(program))) {
      t.skip('none of nginx, haproxy, apache2, caddy, varnishd is installed')
      return
    }
    const { expected, results } = await probeAll(t)
    assert.deepEqual(results, expected)
  })

test('a direct path of 200 ms plus or minus 50 ms raises no alarm in any cell', { timeout: 60_000 }, async t => {
  const origin = await openOrigin({ host: '127.0.0.1', port: 0 })
  const random = seededRandom(6)
  const paths = await Promise.all([
    delayedRelay(origin.port, 200, 50, random),
    delayedRelay(origin.port, 100, 25, random),
    delayedRelay(origin.port, 0, 0, random),
  ])
  t.after(async () => {
    await Promise.all(paths.map(path => path.stop()))
    await origin.close()
  })
  for (const { diagnoses } of await Promise.all(paths.map(path => probeMatrix(targetAt(path.port), origin))))
    for (const { outcome, withAccelOff } of diagnoses)
      assert.deepEqual([outcome.kind, withAccelOff?.kind], ['STREAM', 'STREAM'])
})

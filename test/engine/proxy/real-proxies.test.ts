import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MATRIX, probeMatrix } from '../../../src/engine/proxy/buffering/matrix.ts'
import type { Cell } from '../../../src/engine/proxy/classify/cell.ts'
import type { PathClass, PathDiagnosis } from '../../../src/engine/proxy/classify/classify-path.ts'
import { untimedStreams } from '../../../src/engine/proxy/buffering/untimed-streams.ts'
import { openOrigin } from '../../../src/engine/proxy/origin/origin.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { CONFIGURATIONS, type Configuration, runConfigurations, three } from './configurations.ts'
import { delayedRelay } from './delayed-relay.ts'
import { freePorts } from './proxies/run-proxy.ts'
import { targetAt } from './target-at.ts'

// Streams by GET only: what POST adds is shown below by one configuration of each proxy.
const CELLS = MATRIX.filter(({ method, remedy }) => method === 'GET' && remedy !== 'no-transform')
const AT_ONCE = 12
/** Fewer at a time for those that this machine was too busy to measure. */
const THEN_AT_ONCE = 4
const PATIENCE_MS = 25_000

const chosen = CONFIGURATIONS.filter(({ missing }) => missing === null)

interface Found {
  name: string
  plain: string
  accelOff: string
}

/** Of a front with TLS a line for each version. */
const expected = (configurations: readonly Configuration[]): Found[] =>
  configurations.flatMap(({ name, plain, accelOff, http2 }) => [
    { name, plain, accelOff },
    ...(http2 === undefined ? [] : [{ name, plain: three(http2[0]), accelOff: three(http2[1]) }]),
  ])

/** The classes of a method, one for each encoding, over each version of HTTP. */
function found(name: string, diagnoses: readonly PathDiagnosis[], of: 'GET' | 'POST'): Found[] {
  return (['1.1', '2'] as const).flatMap(version => {
    const some = diagnoses.filter(({ http, method }) => http === version && method === of)
    const kinds = (each: (diagnosis: PathDiagnosis) => PathClass | undefined) =>
      some.map(diagnosis => each(diagnosis)?.kind).join(' ')
    if (some.length === 0) return []
    return [{ name, plain: kinds(({ outcome }) => outcome), accelOff: kinds(({ treated }) => treated.accel) }]
  })
}

async function probeAll(configurations: readonly Configuration[], cells: readonly Cell[], method: 'GET' | 'POST') {
  const origin = await openOrigin({ host: '127.0.0.1', port: 0 })
  const ports = await freePorts(configurations.length)
  const proxies = await runConfigurations(configurations, origin.port, ports)
  const results = new Map<string, Found[]>()
  const probeSome = async (some: readonly Configuration[]) => {
    const unmeasured: Configuration[] = []
    await Promise.all(
      some.map(async one => {
        const port = ports[configurations.indexOf(one)]!
        const { diagnoses } = await probeMatrix(targetAt(port, one.http2 !== undefined), origin, cells)
        results.set(one.name, found(one.name, diagnoses, method))
        if (untimedStreams(diagnoses) !== null) unmeasured.push(one)
      }),
    )
    return unmeasured
  }
  try {
    const again: Configuration[] = []
    for (let from = 0; from < configurations.length; from += AT_ONCE)
      again.push(...(await probeSome(configurations.slice(from, from + AT_ONCE))))
    const untilMs = performance.now() + PATIENCE_MS
    while (again.length > 0 && performance.now() < untilMs)
      again.push(...(await probeSome(again.splice(0, THEN_AT_ONCE))))
    if (again.length > 0) return `this machine was too busy to time ${again.map(({ name }) => name).join(', ')}`
  } finally {
    await Promise.all(proxies.map(proxy => proxy.stop()))
    await origin.close()
  }
  return configurations.flatMap(({ name }) => results.get(name)!)
}

for (const round of ['once', 'twice'])
  test(
    `each of ${CONFIGURATIONS.length} proxy configurations is given its class, ${round}`,
    { timeout: 150_000 },
    async t => {
      const missing = [...new Set(CONFIGURATIONS.flatMap(one => one.missing ?? []))]
      if (chosen.length === 0) {
        t.skip(missing.join(', '))
        return
      }
      if (missing.length > 0) t.diagnostic(`left out: ${missing.join(', ')}`)
      const classes = await probeAll(chosen, CELLS, 'GET')
      if (typeof classes === 'string') t.skip(classes)
      else assert.deepEqual(classes, expected(chosen))
    },
  )

test('POST is given the same classes as GET', { timeout: 60_000 }, async t => {
  const names = new Set([
    'nginx: 1.0, gzip',
    'nginx: 1.1, brotli',
    'HAProxy: default',
    'Apache: TLS and HTTP/2',
    'Caddy: encode gzip',
  ])
  const some = chosen.filter(({ name }) => names.has(name))
  if (some.length === 0) {
    t.skip('none of nginx, haproxy, apache2, caddy is installed')
    return
  }
  const cells = MATRIX.filter(({ method, remedy }) => method === 'POST' && remedy !== 'no-transform')
  const classes = await probeAll(some, cells, 'POST')
  if (typeof classes === 'string') t.skip(classes)
  else assert.deepEqual(classes, expected(some))
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
    for (const { outcome, treated } of diagnoses)
      assert.deepEqual([outcome.kind, treated.accel?.kind], ['STREAM', 'STREAM'])
})

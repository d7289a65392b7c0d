import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Profiler } from 'node:inspector'

// Precise coverage of V8: nested ranges of each function with how often they ran. What no range with a count of zero
// covers has run.
const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
const { loadChecks } = await import('../../src/engine/check/units.ts')
const { runSelfTests } = await import('../../src/engine/selftest.ts')
await runSelfTests(await loadChecks())
const { result } = await session.post('Profiler.takePreciseCoverage')
session.disconnect()

const checks = path.resolve(import.meta.dirname, '../../src/checks')

test('every way to fail, to warn and to inform is reached by a self-test', () => {
  const unreached: string[] = []
  for (const script of result.filter(({ url }) => isCheck(url))) {
    const file = fileURLToPath(script.url)
    const source = readFileSync(file, 'utf8')
    for (const { index, 0: call } of source.matchAll(/(?<![\w.'"])(fail|warn|info)\(/g)) {
      if (/^\s*\/\//m.test(source.slice(source.lastIndexOf('\n', index) + 1, index))) continue
      if (!hasRun(script, index)) unreached.push(`${path.relative(checks, file)}: ${call}${line(source, index)}`)
    }
  }
  assert.deepEqual(unreached, [])
})

test('the coverage sees what did not run', () => {
  assert.ok(result.some(({ url }) => isCheck(url)))
  const script = {
    scriptId: '',
    url: '',
    functions: [{ functionName: '', isBlockCoverage: true, ranges: [range(0, 9, 1), range(3, 5, 0)] }],
  }
  assert.equal(hasRun(script, 1), true)
  assert.equal(hasRun(script, 4), false)
})

function isCheck(url: string): boolean {
  return url.startsWith('file:') && /^(ws|sse|poll)[\\/]/.test(path.relative(checks, fileURLToPath(url)))
}

const range = (startOffset: number, endOffset: number, count: number) => ({ startOffset, endOffset, count })

/** The innermost range around the place decides. */
function hasRun({ functions }: Profiler.ScriptCoverage, at: number): boolean {
  const around = functions
    .flatMap(({ ranges }) => ranges)
    .filter(({ startOffset, endOffset }) => startOffset <= at && at < endOffset)
    .sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset))
  return (around[0]?.count ?? 0) > 0
}

const line = (source: string, index: number) => source.slice(index, index + 90).split('\n')[0]

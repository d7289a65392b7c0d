import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { loadChecks, type Unit } from '../../src/engine/check/units.ts'
import { runSelfTests } from '../../src/engine/selftest.ts'

const checks = path.resolve(import.meta.dirname, '../../src/checks')
const PASSES = `((..._) => ({ kind: 'pass', observed: 'nothing was judged' }))`

/** The check with one of its judgements replaced by a pass, for each of them. */
async function* withoutOneJudgement(unit: Unit): AsyncGenerator<{ place: string; mutant: Unit }> {
  const file = path.join(checks, `${unit.id.replaceAll('.', '/')}.js`)
  // A module of its own that lies nowhere: its imports have to say where they lead.
  const source = readFileSync(file, 'utf8').replaceAll(
    /from '(\.[^']+)'/g,
    (_, relative: string) => `from '${pathToFileURL(path.resolve(path.dirname(file), relative)).href}'`,
  )
  for (const { index, 0: call } of source.matchAll(/(?<![\w.'"])(fail|warn|info|skip)\(/g)) {
    const line = source.slice(source.lastIndexOf('\n', index) + 1, source.indexOf('\n', index))
    if (/^\s*(\/\/|\*)/.test(line)) continue
    const mutated = `${source.slice(0, index)}${PASSES}(${source.slice(index + call.length)}`
    const { default: check } = (await import(`data:text/javascript,${encodeURIComponent(mutated)}`)) as {
      default: Unit['check']
    }
    yield { place: `${unit.id}: ${line.trim()}`, mutant: { ...unit, check } }
  }
}

/** Peers that do not pass come first: one of them should notice. */
async function isNoticed({ check, ...unit }: Unit): Promise<boolean> {
  const { passes, warns, fails, infos, skips } = check.selfTest
  for (const selfTest of [{ fails }, { warns }, { infos }, { skips }, { passes }]) {
    const results = await runSelfTests([{ ...unit, check: { ...check, selfTest } } as Unit])
    if (results.some(({ ok }) => !ok)) return true
  }
  return false
}

test('the loss of any single judgement is noticed by a self-test', async () => {
  const unnoticed: string[] = []
  let count = 0
  for (const unit of await loadChecks()) {
    for await (const { place, mutant } of withoutOneJudgement(unit)) {
      count += 1
      if (!(await isNoticed(mutant))) unnoticed.push(place)
    }
  }
  assert.deepEqual(unnoticed, [])
  assert.ok(count > 250, `only ${count} judgements were found`)
})

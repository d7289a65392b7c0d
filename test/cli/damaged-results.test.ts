import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadReporters } from '../../src/cli/reporters-found.ts'
import { readResults } from '../../src/cli/read-results.ts'
import { UsageError } from '../../src/config/errors.ts'
import { compareReports } from '../../src/report/compare.ts'
import { MismatchError, mergeReports } from '../../src/report/merge.ts'
import type { Report } from '../../src/report/report.ts'
import { seededRandom } from '../../src/world/random.ts'
import { allReports, plain } from '../reporters/fixtures/all-reports.ts'
import { fakeWorld } from './fake-world.ts'

const OTHER: unknown[] = [undefined, null, 'x', -1, 1e300, [], {}, [null]]
const DEEPEST = 5
const TRIES = 200

type Tree = Record<string, unknown>

/** Every place in a value, a dozen at most below each. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || path.length > DEEPEST) return []
  const own = Object.keys(value)
    .slice(0, 12)
    .map(key => path.concat(key))
  return own.concat(own.flatMap(place => placesIn((value as Tree)[place.at(-1)!], place)))
}

function changed(report: Report, path: string[], value: unknown): unknown {
  const copy = structuredClone(report) as unknown as Tree
  const parent = path.slice(0, -1).reduce((part, key) => part[key] as Tree, copy)
  if (value === undefined) delete parent[path.at(-1)!]
  else parent[path.at(-1)!] = value
  return copy
}

const read = (value: unknown) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return readResults('a.json', 'result', Object.assign(fakeWorld(), { readText: () => text }))
}

/** Acts; whether the act was refused in a sentence. Anything else that is thrown is a bug. */
function refuses(act: () => unknown): boolean {
  try {
    act()
    return false
  } catch (error) {
    if (error instanceof UsageError || error instanceof MismatchError) return true
    throw error
  }
}

describe('a damaged result', async () => {
  const reporters = await loadReporters()
  it('is refused, or every reporter, a merge and a comparison take it', () => {
    const random = seededRandom(7)
    const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)]!
    const reports = Object.values(allReports).map(report => [report, placesIn(report)] as const)
    let refused = 0
    for (let at = 0; at < TRIES; at += 1) {
      const [report, places] = pick(reports)
      const [path, value] = [pick(places), OTHER[Math.floor(random() * OTHER.length)]]
      const damaged = changed(report, path, value)
      const what = `${report.kind} ${path.join('.')} = ${JSON.stringify(value)}`
      if (refuses(() => read(damaged))) refused += 1
      else
        for (const act of [
          ...[...reporters.values()].map(reporter => () => reporter.render(read(damaged)[0]!, plain)),
          () => mergeReports(read(damaged)),
          () => compareReports(read(damaged), [report]),
        ])
          assert.doesNotThrow(() => refuses(act), what)
    }
    assert.ok(refused > TRIES / 3 && refused < TRIES, String(refused))
  })
  const cases: [value: unknown, sentence: RegExp][] = [
    ['', /^result "a.json" is empty$/],
    ['{"tool":{"name":"rtbench"', /is not JSON: /],
    ['null', /is not a result of rtbench$/],
    ['{"tool":null}', /is not a result of rtbench$/],
    [changed(allReports.load, ['schema'], '\u001b[2J'), /has schema "\\u001b\[2J"; this rtbench reads schema 1$/],
    [changed(allReports.load, ['kind'], 'x'), /is damaged: kind is of another type or range$/],
    [changed(allReports.load, ['metrics', 'msg_rtt', 'p50'], undefined), /is damaged: metrics.msg_rtt.p50 is missing$/],
    [changed(allReports.load, ['metrics', 'msg_rtt', 'hdr'], 'HISTF'), /the buckets of msg_rtt cannot be read$/],
    [changed(allReports.check, ['checks', '0', 'verdict'], 'ok'), /checks.0.verdict is of another type or range$/],
  ]
  for (const [value, sentence] of cases)
    it(`says ${sentence.source}`, () =>
      assert.throws(
        () => read(value),
        (error: unknown) => {
          assert.ok(error instanceof UsageError)
          assert.match(error.message, sentence)
          return true
        },
      ))
})

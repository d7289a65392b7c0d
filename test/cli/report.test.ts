import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { main } from '../../src/main.ts'
import type { Comparison } from '../../src/report/compare.ts'
import type { Report } from '../../src/report/report.ts'
import { thisProcess } from '../../src/world/process.ts'
import { startEndpoint } from '../../src/endpoint/endpoint.ts'
import { fakeWorld } from './fake-world.ts'
import { rtbench } from './run-rtbench.ts'
import { sampleReport } from './sample-report.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-report-'))
after(() => rmSync(folder, { recursive: true }))
const file = (name: string) => path.join(folder, name)
const save = (name: string, value: unknown) => {
  writeFileSync(file(name), JSON.stringify(value))
  return file(name)
}

/** Runs in this process, reading and writing real files. */
async function report(...words: string[]) {
  const { readText, writeText, whyNotWritable } = thisProcess()
  const world = Object.assign(fakeWorld(), { readText, writeText, whyNotWritable })
  const code = await main(['report', ...words], world)
  return { code, stdout: world.stdout, stderr: world.stderr }
}

const counted = (value: number): Partial<Report> => ({ metrics: { msgs_lost: { type: 'counter', value } } })

describe('rtbench report', () => {
  it('renders a result again, exit 0 whatever it says', async () => {
    const failed = save('failed.json', sampleReport({ verdict: 'fail' }))
    const { code, stdout } = await report(failed, '-o', file('again.ndjson'))
    assert.equal(code, 0)
    assert.match(stdout, /FAIL/)
    assert.ok(readFileSync(file('again.ndjson'), 'utf8').length > 0)
  })
  it('gives back the same JSON', async () => {
    const one = save('one.json', sampleReport())
    assert.deepEqual(JSON.parse((await report(one, '--json')).stdout), sampleReport())
  })
  it('reads lists and several files, and writes one file for each', async () => {
    const many = save('list.json', [sampleReport(), sampleReport()])
    const { stdout } = await report(many, save('one.json', sampleReport()), '--json', '-o', file('out.json'))
    assert.equal((JSON.parse(stdout) as Report[]).length, 3)
    assert.deepEqual(JSON.parse(readFileSync(file('out.load-3.json'), 'utf8')), sampleReport())
  })
  it('holds thresholds against a result', async () => {
    const lossy = save('lossy.json', sampleReport(counted(3)))
    assert.equal((await report(lossy, '--threshold', 'msgs_lost: count<=3')).code, 0)
    const { code, stdout } = await report(lossy, '--json', '--threshold', 'msgs_lost: count==0')
    assert.equal(code, 1)
    const { verdict, thresholds } = JSON.parse(stdout) as Report
    assert.deepEqual([verdict, thresholds], ['fail', [{ expr: 'msgs_lost: count==0', value: 3, ok: false }]])
  })
  it('compares lists of runs and fails where something became worse', async () => {
    const runs = (lost: number) => Array.from({ length: 5 }, () => sampleReport(counted(lost)))
    const [old, same, worse] = [save('old.json', runs(0)), save('same.json', runs(0)), save('worse.json', runs(2))]
    assert.equal((await report('--baseline', old, same)).code, 0)
    const { code, stdout } = await report('--baseline', old, worse)
    assert.equal(code, 1)
    assert.match(stdout, /msgs_lost .*worse$/m)
    assert.match(stdout, /FAIL {2}worse: msgs_lost/)
    const { verdict } = JSON.parse((await report('--baseline', old, worse, '--json')).stdout) as Comparison
    assert.equal(verdict, 'fail')
  })
  const refused: [words: () => string[], sentence: RegExp][] = [
    [() => [file('nosuch.json')], /result ".*nosuch.json" cannot be read: there is no such file/],
    [() => [save('text.json', 'x')], /is not a result of rtbench/],
    [() => [save('empty.json', [])], /is an empty list/],
    [() => [save('later.json', { ...sampleReport(), schema: 9 })], /has schema 9; this rtbench reads schema 1/],
    [() => [save('cut.json', { ...sampleReport(), metrics: undefined })], /is damaged: metrics is missing/],
    [() => ['--merge', save('whole.json', sampleReport())], /a report without --shard is a whole run/],
    [() => ['--min-effect', '5%', save('a.json', sampleReport())], /--min-effect has no meaning without --baseline/],
    [() => ['--merge', '--baseline', file('one.json'), file('one.json')], /--merge and --baseline exclude each other/],
    [() => ['--baseline', save('check.json', sampleReport({ kind: 'check' })), file('one.json')], /cannot be compared/],
    [() => ['--min-effect', '200%', file('one.json')], /--min-effect "200%" is not a share/],
  ]
  for (const [words, sentence] of refused)
    it(`refuses with ${sentence.source}`, async () => {
      const { code, stderr } = await report(...words())
      assert.equal(code, 2)
      assert.match(stderr, sentence)
    })
})

describe('the parts of a divided run', () => {
  let parts: string[] = []
  before(async () => {
    const endpoint = await startEndpoint()
    const url = endpoint.url('/echo', 'ws')
    parts = [1, 2, 3].map(index => file(`part-${index}.json`))
    for (const [index, part] of parts.entries()) {
      const words = ['load', url, '-c', '7', '-d', '500ms', '-q', '--allow-limited', '--run-id', 'x', '-o', part]
      const { code, stderr } = await rtbench([...words, '--shard', `${index + 1}/3`])
      assert.equal(code, 0, stderr)
    }
    await endpoint.close()
  })
  it('are merged into the report of the whole', async () => {
    const { code, stdout } = await report('--merge', ...parts, '--json', '--threshold', 'conn_opened: count==7')
    assert.equal(code, 0, stdout)
    const whole = JSON.parse(stdout) as Report
    const each = parts.map(part => JSON.parse(readFileSync(part, 'utf8')) as Report)
    const sum = (name: string) =>
      each.reduce((total, { metrics }) => total + (metrics[name] as { value: number }).value, 0)
    for (const name of ['conn_opened', 'msgs_sent', 'bytes_received'])
      assert.deepEqual((whole.metrics[name] as { value: number }).value, sum(name), name)
  })
  it('are refused where one is missing', async () => {
    const { code, stderr } = await report('--merge', parts[0]!, parts[1]!)
    assert.equal(code, 2)
    assert.match(stderr, /run x has 3 shards, 2 are given/)
  })
})

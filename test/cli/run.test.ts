import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import type { Report } from '../../src/report/report.ts'
import { rtbench } from './run-rtbench.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-run-'))
after(() => rmSync(folder, { recursive: true }))

function scenario(name: string, text: string): string {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return file
}

const two = scenario(
  'two.yaml',
  `name: two
defaults: {connections: 3, duration: 300ms, allow-limited: true}
steps:
  - {command: load, name: too strict, threshold: [msg_rtt: p(99)<1us]}
  - {command: load, name: fine, threshold: [msgs_lost: count==0]}
`,
)

describe('rtbench run', () => {
  it('runs every step, sums up, and exits by the worst', async () => {
    const { code, stdout, stderr } = await rtbench(['run', two])
    assert.equal(code, 1, stderr)
    assert.match(stdout, /^# two: too strict$/m)
    assert.match(stdout, /too strict {2}FAILED: msg_rtt: p\(99\)<1us/)
    assert.match(stdout, /fine {8}held/)
    assert.match(stdout, /2 runs: 1 held, 1 did not\n$/)
  })
  it('stops at the first step that does not hold with --bail', async () => {
    const { code, stdout } = await rtbench(['run', two, '--bail', '--json'])
    assert.equal(code, 1)
    assert.deepEqual(
      (JSON.parse(stdout) as Report[]).map(({ config }) => (config['scenario'] as { step: string }).step),
      ['too strict'],
    )
  })
  it('writes one file per step', async () => {
    const { code } = await rtbench(['run', two, '-q', '-o', path.join(folder, 'r.json')])
    assert.equal(code, 1)
    for (const [step, verdict] of [
      ['too-strict', 'fail'],
      ['fine', 'pass'],
    ] as const)
      assert.equal((JSON.parse(readFileSync(path.join(folder, `r.${step}.json`), 'utf8')) as Report).verdict, verdict)
  })
  it('runs one step by name, its result as with the command alone', async () => {
    const { code, stdout } = await rtbench(['run', two, '--step', 'fine', '--json'])
    assert.equal(code, 0)
    assert.equal((JSON.parse(stdout) as Report).verdict, 'pass')
  })
  it('repeats a step', async () => {
    const { stdout } = await rtbench(['run', two, '--step', 'fine', '--repeat', '2', '--json'])
    const reports = JSON.parse(stdout) as Report[]
    assert.deepEqual(
      reports.map(({ config }) => (config['scenario'] as { round: number }).round),
      [1, 2],
    )
  })
  it('lists what it would run with --dry-run', async () => {
    const { code, stdout } = await rtbench(['run', two, '--dry-run', '-o', path.join(folder, 'dry.json')])
    assert.deepEqual([code, stdout], [0, `${two}: too strict (load)\n${two}: fine (load)\n`])
    assert.ok(!existsSync(path.join(folder, 'dry.too-strict.json')))
  })
  it('reads files that a step names beside the scenario', async () => {
    writeFileSync(path.join(folder, 'ca.pem'), 'PEM')
    const file = scenario('tls.yaml', 'steps: [{command: load, url: "wss://127.0.0.1:1/", cacert: ca.pem}]')
    assert.equal((await rtbench(['run', file, '--dry-run'])).code, 0)
  })
})

describe('mistakes of rtbench run', () => {
  const broken = scenario('broken.yaml', 'steps:\n  - {command: load}\n  - command: load\n    duration: 10\n')
  const names = scenario(
    'names.yaml',
    'steps:\n  - {command: load}\n  - {command: load, name: b, output: [x.nosuch]}\n',
  )
  const cases: [words: string[], sentence: RegExp][] = [
    [[names], /names.yaml:3:\d+: --output "x.nosuch": its ending names no format/],
    [[two, broken], /broken.yaml:4:5: --duration 10 has no unit/],
    [[path.join(folder, 'nosuch.yaml')], /scenario ".*nosuch.yaml" cannot be read: there is no such file/],
    [[two, '--step', 'fin'], /--step "fin": no step has this name: did you mean fine\?/],
    [[two, '--format', 'junit'], /--format junit is one document, but 2 results come/],
    [[two, '--shards', '2'], /--shards has no meaning without --kubernetes/],
    [[two, '--shard', '1/2'], /--shard divides one step, but 2 are selected/],
    [[two, '--run-id', 'x'], /--run-id has no meaning without --shard/],
    [[two, '--kubernetes'], /--kubernetes divides one step, but 2 are selected/],
    [[two, '-o', '/nonexistent/r.json'], /--output "\/nonexistent\/r.too-strict.json" cannot be written/],
    [[], /run needs <scenario>/],
  ]
  for (const [words, sentence] of cases)
    it(`${words.map(word => path.basename(word)).join(' ')}: one sentence, exit 2, nothing run`, async () => {
      const { code, stdout, stderr } = await rtbench(['run', ...words])
      assert.deepEqual([code, stdout], [2, ''])
      assert.match(stderr.trimEnd(), sentence)
      assert.equal(stderr.trimEnd().split('\n').length, 1)
    })
})

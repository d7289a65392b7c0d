// Two endpoints in processes of their own, one of them slow: the whole way from `--against` to the verdict.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import type { Report } from '../../src/report/report.ts'
import { startServer } from '../servers/start.ts'
import { rtbench } from './run-rtbench.ts'

// So many that one run which this machine spoils does not hide the difference.
const RUNS = 9
const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-against-'))
const file = path.join(folder, 'gate.yaml')
after(() => rmSync(folder, { recursive: true }))

describe('rtbench run --against', () => {
  it('alternates as A B B A and finds the slower endpoint', async t => {
    const [fast, slow] = [
      await startServer(t, 'websocket-delaying', [20]),
      await startServer(t, 'websocket-delaying', [200]),
    ]
    const [a, b] = [`ws://${fast.host}/echo`, `ws://${slow.host}/echo`]
    const step = { command: 'load', name: 'echo', url: a, connections: 3, rate: 10, workers: 1, duration: '500ms' }
    writeFileSync(file, JSON.stringify({ name: 'gate', steps: [{ ...step, 'allow-limited': true }] }))
    const { code, stdout, stderr } = await rtbench(['run', file, '--repeat', String(RUNS), '--against', b, '--json'])
    assert.equal(code, 1, stderr)
    const reports = JSON.parse(stdout) as Report[]
    const label = ({ config }: Report) => config['scenario'] as { side: string; round: number }
    assert.equal(reports.map(report => label(report).side).join(''), 'abbaabbaabbaabbaab')
    assert.deepEqual(
      reports.map(report => label(report).round),
      [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9],
    )
    for (const report of reports) {
      const { url } = report.config['target'] as { url: string }
      assert.equal(url, label(report).side === 'a' ? a : b)
    }
    assert.doesNotMatch(stderr, /Warning/)
    assert.match(stderr, /^Compared echo: 9 runs before, 9 after$/m)
    assert.match(stderr, /^ {2}msg_rtt p50 .* worse$/m)
    assert.match(stderr, /^FAIL {2}worse: .*msg_rtt p50/m)
  })
})

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, it } from 'node:test'
import type { Report } from '../src/report/report.ts'
import { rtbench } from './cli/run-rtbench.ts'
import { counter } from './load/run-load.ts'

// Programs of other versions of Node.js, separated like PATH. The package of that name in the npm registry holds them.
const nodes = (process.env['RTBENCH_TEST_NODES'] ?? '').split(path.delimiter).filter(word => word !== '')

describe('other versions of Node.js', { skip: nodes.length === 0 && 'RTBENCH_TEST_NODES names none' }, () => {
  for (const node of nodes) {
    const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim()
    for (const transport of ['ws', 'sse', 'poll']) {
      it(`load -t ${transport} holds on ${version}`, async () => {
        const words = ['load', '-t', transport, '-c', '20', '-d', '1s', '--json', '--no-progress', '--allow-limited']
        const { code, stdout, stderr } = await rtbench(words, {}, { node })
        assert.equal(code, 0, stderr)
        const report = JSON.parse(stdout) as Report
        assert.equal(report.environment['node'], version)
        assert.deepEqual([counter(report, 'conn_opened'), counter(report, 'msgs_lost')], [20, 0])
        assert.ok(counter(report, 'msgs_received') > 0)
      })
    }
    it(`checks judge as ever on ${version}`, async () => {
      const only = ['ws.deflate', 'sse.format'].flatMap(section => ['--only', section])
      const { code, stdout, stderr } = await rtbench(['selftest', ...only], {}, { node })
      assert.equal(code, 0, stdout + stderr)
    })
  }
})

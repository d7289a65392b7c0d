import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it } from 'node:test'
import { RTBENCH, rtbench } from './cli/run-rtbench.ts'

const root = path.resolve(path.dirname(RTBENCH), '..')

describe('the package', () => {
  it('holds all that it needs: its files alone, beside its dependencies, run', async t => {
    const place = mkdtempSync(path.join(tmpdir(), 'rtbench-package-'))
    t.after(() => rmSync(place, { recursive: true }))
    const packed = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
    })
    assert.equal(packed.status, 0, packed.stderr)
    const { files } = (JSON.parse(packed.stdout) as [{ files: { path: string }[] }])[0]
    for (const file of files) cpSync(path.join(root, file.path), path.join(place, 'package', file.path))
    symlinkSync(path.join(root, 'node_modules'), path.join(place, 'node_modules'))
    const program = path.join(place, 'package/bin/rtbench.js')
    const html = path.join(place, 'load.html')
    const words = ['load', '-c', '2', '-d', '200ms', '--json', '--no-progress', '--allow-limited', '-o', html]
    const { code, stderr } = await rtbench(words, {}, { program })
    assert.equal(code, 0, stderr)
    const listed = await rtbench(['list', '--json'], {}, { program })
    assert.equal(listed.stdout, (await rtbench(['list', '--json'])).stdout)
    const named = new Set(files.map(file => file.path))
    for (const file of [
      'scenarios/smoke.yaml',
      'scenarios/scenario.schema.json',
      'reports/report.schema.json',
      'LICENSE',
    ])
      assert.ok(named.has(file), file)
  })
})

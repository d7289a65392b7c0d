import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { describe, it } from 'node:test'
import { main } from '../../src/main.ts'
import { version } from '../../src/world/version.ts'
import { fakeWorld } from './fake-world.ts'
import { RTBENCH, rtbench } from './run-rtbench.ts'

describe('the process', () => {
  it('--version prints the version of the package', async () => {
    const { code, stdout } = await rtbench(['--version'])
    assert.deepEqual([code, stdout], [0, `${version()}\n`])
  })
  it('ends quietly when nobody reads stdout any more', async () => {
    const child = spawn(process.execPath, [RTBENCH, 'list', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const [code] = await once(child, 'close')
    assert.deepEqual([code, stderr], [0, ''])
  })
  it('says in one sentence that a full disk took its stdout', async t => {
    if (!existsSync('/dev/full')) return t.skip('there is no /dev/full here')
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [RTBENCH, 'list', 'faults'], { stdio: ['ignore', full, 'pipe'] })
    closeSync(full)
    let stderr = ''
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const [code] = await once(child, 'close')
    assert.equal(code, 2)
    assert.match(stderr, /^rtbench: stdout could not be written: .*no space left[^\n]*\n$/)
  })
  it('serve tells its addresses, and closes in order at SIGTERM', async () => {
    const child = spawn(process.execPath, [RTBENCH, 'serve', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [first] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
    const url = /http:\/\/127\.0\.0\.1:\d+\/(?= )/.exec(first)?.[0]
    assert.ok(url !== undefined, first)
    const response = await fetch(url)
    assert.match(await response.text(), /\/echo/)
    child.kill('SIGTERM')
    const [code] = await once(child, 'close')
    assert.equal(code, 0)
  })
})

describe('a bug of our own', () => {
  const broken = () => {
    const world = fakeWorld()
    world.out = () => Promise.reject(new Error('boom'))
    return world
  }
  it('is called one, exit 70, without a stack', async () => {
    const world = broken()
    assert.equal(await main(['--version'], world), 70)
    assert.equal(world.stderr, 'rtbench: this is a bug in rtbench: boom; RTBENCH_DEBUG=1 shows where\n')
  })
  it('shows its stack with RTBENCH_DEBUG=1', async () => {
    const world = broken()
    world.env['RTBENCH_DEBUG'] = '1'
    assert.equal(await main(['--version'], world), 70)
    assert.match(world.stderr, /this is a bug in rtbench: boom\nError: boom\n\s+at /)
  })
})

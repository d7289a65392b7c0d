import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, describe, it } from 'node:test'
import { load, loadConfig } from '../../src/index.ts'
import type { Report } from '../../src/report/report.ts'
import { RTBENCH, rtbench } from './run-rtbench.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-cli-'))
after(() => rmSync(folder, { recursive: true }))
const report = (text: string) => JSON.parse(text) as Report
const SHORT = ['-c', '5', '-d', '500ms']

describe('rtbench load', () => {
  it('exits by its thresholds, and the JSON says the same', async () => {
    const cases: [threshold: string, code: number][] = [
      ['msgs_lost: count==0', 0],
      ['msg_rtt: p(99)<1us', 1],
      ['push_latency: p(99)<1s', 1],
      ['no_such_metric: count==0', 2],
      ['msg_rtt: p(99)<1us abort', 1],
    ]
    for (const [threshold, code] of cases) {
      const ended = await rtbench(['load', ...SHORT, '--json', '--allow-limited', '--threshold', threshold])
      assert.equal(ended.code, code, `${threshold}: ${ended.stderr}`)
      if (code === 2) assert.equal(ended.stdout, '')
      else
        assert.deepEqual(
          report(ended.stdout).thresholds.map(({ ok }) => ok),
          [code === 0],
        )
    }
  })
  it('writes files in the formats of their endings while stdout has the table', async () => {
    const file = path.join(folder, 'result.json')
    const ended = await rtbench(['load', ...SHORT, '--allow-limited', '-o', file])
    assert.equal(ended.code, 0, ended.stderr)
    assert.match(ended.stdout, /PASS/)
    assert.equal(ended.stderr, '')
    const { kind, config, verdict } = report(readFileSync(file, 'utf8'))
    assert.deepEqual([kind, config['connections'], verdict], ['load', 5, 'pass'])
  })
  it('prints nothing with --quiet', async () => {
    const { stdout, stderr, code } = await rtbench(['load', ...SHORT, '--allow-limited', '-q'])
    assert.deepEqual([code, stdout, stderr], [0, '', ''])
  })
  it('exits 4 for a closed port, with the reason', async () => {
    const { code, stdout } = await rtbench(['load', 'ws://127.0.0.1:1/x', ...SHORT])
    assert.equal(code, 4)
    assert.match(stdout, /connection refused/)
  })
  it('exits 4 for a plain page, and says what was answered', async () => {
    const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const ended = await rtbench(['load', `ws://127.0.0.1:${port}/`, ...SHORT])
    server.close()
    assert.equal(ended.code, 4, ended.stderr)
    assert.match(ended.stdout, /200/)
  })
  it('keeps secrets out of its result', async () => {
    const words = ['load', 'ws://me:hunter2@127.0.0.1:1/?token=hunter2', ...SHORT, '-H', 'X-Api-Key: hunter2', '--json']
    const { stdout } = await rtbench(words)
    assert.doesNotMatch(stdout, /hunter2|bWU6aHVudGVyMg/)
  })
})

describe('a load run that is interrupted', () => {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    it(`by ${signal} writes what it has and exits ${code}`, async () => {
      const file = path.join(folder, `${signal}.json`)
      const words = ['load', '-c', '5', '-d', '60s', '--json', '-o', file]
      const child = spawn(process.execPath, [RTBENCH, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
      let stdout = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
      setTimeout(() => child.kill(signal), 3000)
      const [ended] = await once(child, 'close')
      assert.equal(ended, code)
      assert.equal(report(stdout).interrupted, signal)
      assert.deepEqual(report(readFileSync(file, 'utf8')), report(stdout))
      assert.ok(report(stdout).durationMs < 30_000)
    })
})

describe('the public API', () => {
  it('runs what the same words describe', async () => {
    const words = { connections: 3, duration: '300ms', rate: 20, allowLimited: true, threshold: 'msgs_lost: count==0' }
    const config = loadConfig(words)
    assert.equal(config.durationMs, 300)
    const result = await load(words)
    assert.equal(result.verdict, 'pass')
    assert.deepEqual(result.metrics['conn_opened'], { type: 'counter', value: 3 })
  })
  it('names the word that is wrong', () => {
    assert.throws(() => loadConfig({ duration: '5' }), /--duration 5 has no unit/)
    assert.throws(() => loadConfig({ conections: 5 } as object), /no option "conections": did you mean connections/)
  })
})

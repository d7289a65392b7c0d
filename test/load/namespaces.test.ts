import assert from 'node:assert/strict'
import { type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { decodeFromCompressedBase64, type Histogram, Int32Histogram } from 'hdr-histogram-js'
import type { Report } from '../../src/report/report.ts'
import { RTBENCH, rtbench } from '../cli/run-rtbench.ts'
import { HUB, type Namespaces, namespaces } from '../servers/namespaces.ts'
import { counter, histogram } from './run-load.ts'
import { startServer } from '../servers/start.ts'

const SHARDS = 4

/** An echo server in the hub; its port, and how many messages it has echoed. */
async function echoInHub(net: Namespaces) {
  const server = net.start(null, process.execPath, [path.join(import.meta.dirname, '../servers/websocket-echo.js')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, RTBENCH_TEST_HOST: '0.0.0.0' },
  })
  const tell = async <T>(key: string) => {
    const [message] = (await once(server, 'message', { signal: AbortSignal.timeout(20_000) })) as [Record<string, T>]
    return message[key]!
  }
  const port = await tell<number>('port')
  return {
    port,
    messages() {
      const answer = tell<{ messages: number }>('facts')
      server.send('facts')
      return answer.then(({ messages }) => messages)
    },
  }
}

async function reportOf(child: ChildProcess): Promise<{ code: number | null; stderr: string; report: Report | null }> {
  let stdout = ''
  let stderr = ''
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = (await once(child, 'close', { signal: AbortSignal.timeout(90_000) })) as [number | null]
  return { code, stderr, report: stdout.startsWith('{') ? (JSON.parse(stdout) as Report) : null }
}

/** The whole histogram of a library that is not ours, from what each part recorded. */
function addedUp(parts: Report[], name: string): Histogram {
  const sum = new Int32Histogram(1, 3_600_000_000, 3)
  for (const part of parts) sum.add(decodeFromCompressedBase64(histogram(part, name).hdr) as Int32Histogram)
  return sum
}

describe('a run divided over machines', () => {
  it('four shards in four network namespaces are, merged, the histogram of all recorded values', async t => {
    const net = namespaces(t, SHARDS)
    if (net === null) return
    const { port, messages } = await echoInHub(net)
    const startAt = new Date(Date.now() + 4000).toISOString()
    const words = ['-c', '42', '-R', '400', '-d', '3s', '-w', '1', '--run-id', 'four', '--start-at', startAt]
    const ended = await Promise.all(
      Array.from({ length: SHARDS }, (_, i) =>
        reportOf(
          net.start(
            i,
            process.execPath,
            [RTBENCH, 'load', `ws://${HUB}:${port}/echo`, ...words, '--shard', `${i + 1}/${SHARDS}`, '--json'].concat(
              '--allow-limited',
            ),
            { stdio: ['ignore', 'pipe', 'pipe'] },
          ),
        ),
      ),
    )
    const parts = ended.map(({ report, stderr }) => {
      assert.ok(report !== null, stderr)
      return report
    })
    assert.deepEqual(
      parts.map(part => counter(part, 'conn_opened')),
      [10, 11, 10, 11],
    )
    const files = saved(t, parts)
    const { stdout, stderr } = await rtbench(['report', '--merge', ...files, '--json'])
    assert.ok(stdout.startsWith('{'), stderr)
    const merged = JSON.parse(stdout) as Report
    assert.equal(counter(merged, 'conn_opened'), 42)
    assert.equal(counter(merged, 'msgs_received'), await messages())
    // Each shard's share of 1,200 is a fraction: the last message of its schedule may or may not be due before the end.
    const due = counter(merged, 'msgs_sent') + counter(merged, 'gen_unsent')
    assert.ok(Math.abs(due - 1200) <= SHARDS, `${due} messages`)
    for (const name of ['msg_rtt', 'msg_rtt_service', 'conn_tcp', 'conn_upgrade']) {
      const truth = addedUp(parts, name)
      const { count, p50, p90, p95, p99, p999, max, hdr } = histogram(merged, name)
      assert.equal(count, truth.totalCount, name)
      const at = [50, 90, 95, 99, 99.9, 100].map(percent => truth.getValueAtPercentile(percent) / 1000)
      assert.deepEqual([p50, p90, p95, p99, p999, max], at, name)
      const whole = decodeFromCompressedBase64(hdr) as Int32Histogram
      assert.equal(whole.outputPercentileDistribution(), truth.outputPercentileDistribution(), name)
    }
    const others = saved(t, [parts[0]!, { ...parts[1]!, config: { ...parts[1]!.config, shard: otherRun(parts[1]!) } }])
    const refused = await rtbench(['report', '--merge', ...others])
    assert.equal(refused.code, 2)
    assert.match(refused.stderr, /the reports differ in the run id: they are not shards of one run/)
  })
})

describe('a machine without local ports', () => {
  const PORTS = 100

  it('ports that somebody else uses are said and counted, and the rest is measured', async t => {
    const net = namespaces(t, 0)
    if (net === null) return
    net.set(null, 'net.ipv4.ip_local_port_range', `40000 ${40_000 + PORTS - 1}`)
    const { port } = await echoInHub(net)
    const taking = `
      const net = require('node:net')
      let open = 0
      for (let i = 0; i < 40; i += 1) net.connect({ port: ${port}, host: '127.0.0.1', localAddress: '127.0.77.9' }, () => {
        open += 1
        if (open === 40) process.stdout.write('taken')
      })`
    const other = net.start(null, process.execPath, ['-e', taking], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(other.stdout!, 'data', { signal: AbortSignal.timeout(20_000) })
    const run = (...words: string[]) =>
      reportOf(
        net.start(
          null,
          process.execPath,
          [RTBENCH, 'load', `ws://127.0.0.1:${port}/echo`, '-d', '1s', '--json', '--allow-limited', ...words],
          { stdio: ['ignore', 'pipe', 'pipe'] },
        ),
      )
    const { code, report, stderr } = await run('-c', '90', '--local-address', '127.0.77.9')
    assert.equal(code, 0, stderr)
    assert.equal(counter(report!, 'conn_opened') + counter(report!, 'conn_failed'), 90)
    assert.ok(counter(report!, 'conn_opened') >= 50, `${counter(report!, 'conn_opened')} opened`)
    assert.ok(counter(report!, 'conn_failed') >= 30, `${counter(report!, 'conn_failed')} failed`)
    assert.deepEqual(
      report!.failures.map(({ class: kind, count }) => [kind, count]),
      [['ports-used-up', counter(report!, 'conn_failed')]],
    )
    assert.ok(counter(report!, 'msgs_received') > 0)

    const tooMany = await run('-c', '150', '--local-address', '127.0.77.9')
    assert.equal(tooMany.code, 2)
    assert.match(tooMany.stderr, /150 connections need more than the 100 local ports .* --local-address/)

    // Of itself it takes as many addresses of the loopback network as that asks for.
    const spread = await run('-c', '150')
    assert.equal(spread.code, 0, spread.stderr)
    assert.equal(counter(spread.report!, 'conn_opened'), 150)
  })
})

describe('a process without files', () => {
  it('256 open files and 1,000 connections: spread over workers, all opened', async t => {
    const server = await startServer(t, 'websocket-echo')
    const words = [`ws://${server.host}/echo`, '-c', '1000', '-r', '1', '-d', '2s', '--json', '--allow-limited']
    const limited = (more: string[]) =>
      rtbench(['-c', `ulimit -n 256; exec "$0" "$@"`, process.execPath, RTBENCH, 'load', ...words, ...more], {}, shell)
    const { code, stdout, stderr } = await limited([])
    assert.equal(code, 0, stderr)
    const report = JSON.parse(stdout) as Report
    assert.equal(counter(report, 'conn_opened'), 1000)
    assert.equal(counter(report, 'conn_failed'), 0)
    assert.equal(report.environment['workers'], Math.ceil(1000 / 156))

    const refused = await limited(['-w', '2'])
    assert.equal(refused.code, 2)
    assert.match(refused.stderr, /500 connections per worker .* 256 open files .* --workers 7 or run `ulimit -n 600`/)
  })
})

const shell = { node: '/bin/sh', program: '-e' }

const otherRun = ({ config }: Report) => ({ ...(config['shard'] as object), runId: 'five' })

function saved(t: TestContext, reports: Report[]): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-shards-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return reports.map((report, i) => {
    const file = path.join(folder, `${i}.json`)
    writeFileSync(file, JSON.stringify(report))
    return file
  })
}

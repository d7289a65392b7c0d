import assert from 'node:assert/strict'
import path from 'node:path'
import test from 'node:test'
import type { Report } from '../../src/report/report.ts'
import { freePort, startProgram } from '../servers/external.ts'
import { missing } from '../servers/installed.ts'
import { startServer } from '../servers/start.ts'
import { counters, histogram, runLoad } from './run-load.ts'

const PYTHON_ECHO = path.resolve(import.meta.dirname, '../../../test/servers/python-websockets-echo.py')
const THOUSAND = ['-c', 1000, '-r', 2, '-d', '5s', '--timeout', '20s']

function allCameBack(report: Report): void {
  assert.deepEqual(counters(report, 'conn_opened', 'conn_failed', 'conn_dropped', 'msgs_sent', 'msgs_received'), {
    conn_opened: 1000,
    conn_failed: 0,
    conn_dropped: 0,
    msgs_sent: 10_000,
    msgs_received: 10_000,
  })
  const audit = counters(report, 'msgs_lost', 'msgs_duplicated', 'msgs_reordered', 'msgs_unexpected')
  assert.deepEqual(Object.values(audit), [0, 0, 0, 0])
  const rtt = histogram(report, 'msg_rtt')
  assert.equal(rtt.count, 10_000)
  const ascending = [rtt.min, rtt.p50, rtt.p90, rtt.p95, rtt.p99, rtt.p999, rtt.max]
  assert.ok(rtt.min > 0)
  assert.deepEqual(
    ascending.toSorted((a, b) => a - b),
    ascending,
  )
}

test('a thousand connections to a server in another process: every echo comes back', async t => {
  const server = await startServer(t, 'websocket-echo')
  const { code, report } = await runLoad([`ws://${server.host}/echo`, ...THOUSAND])
  assert.equal(code, 0)
  allCameBack(report)
})

test('a thousand connections to a server written in Python: every echo comes back', async t => {
  const reason = missing('python3-websockets')
  if (reason !== null) {
    t.skip(reason)
    return
  }
  const port = await freePort()
  await startProgram(t, '/usr/bin/python3', [PYTHON_ECHO, String(port)], port)
  const { code, report } = await runLoad([`ws://127.0.0.1:${port}/`, ...THOUSAND])
  assert.equal(code, 0)
  allCameBack(report)
})

test('a server written in C: echoes and its own messages', async t => {
  const reason = missing('libwebsockets-test-server')
  if (reason !== null) {
    t.skip(reason)
    return
  }
  const port = await freePort()
  await startProgram(t, '/usr/bin/libwebsockets-test-server', ['-p', String(port), '-d', '1'], port)
  const url = `ws://127.0.0.1:${port}/`
  // Its mirror sends each message to everybody: alone, it is an echo.
  const mirror = await runLoad([url, '--subprotocol', 'lws-mirror-protocol', '-c', 1, '-r', 20, '-d', '1s'])
  assert.equal(mirror.code, 0)
  assert.deepEqual(counters(mirror.report, 'msgs_sent', 'msgs_received', 'msgs_lost', 'msgs_unexpected'), {
    msgs_sent: 20,
    msgs_received: 20,
    msgs_lost: 0,
    msgs_unexpected: 0,
  })
  const listening = ['-p', 'listen', '--subprotocol', 'dumb-increment-protocol', '-c', 20, '-d', '1s']
  const { code, report } = await runLoad([url, ...listening])
  assert.equal(code, 0)
  const { msgs_received } = counters(report, 'msgs_received')
  assert.ok(msgs_received! > 20 * 5, `${msgs_received} messages`)
  assert.equal(histogram(report, 'event_gap').count, msgs_received! - 20)
})

test('closed loop: as many messages under way as asked, and none unanswered', async t => {
  const server = await startServer(t, 'websocket-echo')
  const words = ['-c', 5, '--in-flight', 3, '-d', '1s']
  const { code, report } = await runLoad([`ws://${server.host}/echo`, ...words])
  assert.equal(code, 0)
  const { msgs_sent, msgs_received, msgs_lost } = counters(report, 'msgs_sent', 'msgs_received', 'msgs_lost')
  assert.ok(msgs_sent! > 500, `${msgs_sent} messages`)
  assert.equal(msgs_received, msgs_sent)
  assert.equal(msgs_lost, 0)
})

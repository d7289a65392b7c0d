import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startServer } from '../servers/start.ts'
import { counters, runLoad } from './run-load.ts'

// 20 connections with 60 messages each.
const WORDS = ['-c', 20, '-r', 20, '-d', '3s', '--timeout', '3s']
const SENT = 1200

describe('what a server does to messages is told exactly', { concurrency: 3 }, () => {
  it('one in a hundred is dropped: lost', async t => {
    const server = await startServer<{ altered: number }>(t, 'websocket-altering', ['drop', 30])
    const { report, code } = await runLoad([`ws://${server.host}/`, ...WORDS])
    const { altered } = await server.facts()
    assert.equal(altered, 40)
    assert.deepEqual(counters(report, 'msgs_sent', 'msgs_received', 'msgs_lost', 'msgs_duplicated', 'msgs_reordered'), {
      msgs_sent: SENT,
      msgs_received: SENT - altered,
      msgs_lost: altered,
      msgs_duplicated: 0,
      msgs_reordered: 0,
    })
    assert.equal(code, 0, 'loss is a figure; a threshold makes it a verdict')
  })

  it('a threshold on loss makes the run fail', async t => {
    const server = await startServer(t, 'websocket-altering', ['drop', 30])
    const { report, code } = await runLoad([`ws://${server.host}/`, ...WORDS, '--threshold', 'msgs_lost: count==0'])
    assert.deepEqual(report.thresholds, [{ expr: 'msgs_lost: count==0', value: 40, ok: false }])
    assert.equal(report.verdict, 'fail')
    assert.equal(code, 1)
  })

  it('some come twice: duplicated', async t => {
    const server = await startServer<{ altered: number }>(t, 'websocket-altering', ['twice', 7])
    const { report } = await runLoad([`ws://${server.host}/`, ...WORDS])
    const { altered } = await server.facts()
    assert.equal(altered, 20 * 8)
    assert.deepEqual(counters(report, 'msgs_received', 'msgs_lost', 'msgs_duplicated', 'msgs_reordered'), {
      msgs_received: SENT,
      msgs_lost: 0,
      msgs_duplicated: altered,
      msgs_reordered: 0,
    })
  })

  it('some are overtaken: reordered', async t => {
    const server = await startServer<{ altered: number }>(t, 'websocket-altering', ['swap', 7])
    const { report } = await runLoad([`ws://${server.host}/`, ...WORDS])
    const { altered } = await server.facts()
    assert.ok(altered >= 20 * 7)
    assert.deepEqual(counters(report, 'msgs_received', 'msgs_lost', 'msgs_duplicated', 'msgs_reordered'), {
      msgs_received: SENT,
      msgs_lost: 0,
      msgs_duplicated: 0,
      msgs_reordered: altered,
    })
  })

  it('answers without a mark are matched in order, and the report says so', async t => {
    const server = await startServer(t, 'websocket-altering', ['drop', 1_000_000])
    const { report } = await runLoad([`ws://${server.host}/`, ...WORDS, '-m', 'ping'])
    assert.deepEqual(counters(report, 'msgs_sent', 'msgs_received', 'msgs_lost'), {
      msgs_sent: SENT,
      msgs_received: SENT,
      msgs_lost: 0,
    })
    assert.ok(report.findings.some(({ id }) => id === 'answers-in-order'))
  })
})

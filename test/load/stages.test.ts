import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startServer } from '../servers/start.ts'
import { counter, counters, histogram, runLoad, tooBusy } from './run-load.ts'

type Facts = { delivered: number; dropped: number }

describe('subscribers that come and go in stages expect what is sent while they are there', { concurrency: 2 }, () => {
  const publishing = (host: string) => [`http://${host}/events`, '-t', 'sse', '--publish', `http://${host}/publish`]

  it('late ones: what the server leaves out is lost, what was sent before they came is not', async t => {
    const server = await startServer<Facts>(t, 'events-publishing', [100, 7])
    const words = [...publishing(server.host), '-s', '3s:30', '-s', '2s:30', '-R', 40, '--timeout', '5s']
    const { report } = await runLoad(words)
    const { delivered, dropped } = await server.facts()
    if (tooBusy(t, report, counter(report, 'conn_opened') === 30 && dropped > 50)) return
    assert.equal(counter(report, 'conn_opened'), 30)
    assert.ok(dropped > 50, `${dropped} left out`)
    // Only who was there before the first message got the priming one, and nobody can be primed twice by one.
    const primed = counter(report, 'msgs_priming') * 30
    const early = counter(report, 'msgs_early')
    const received = counter(report, 'msgs_received')
    const known = received + early
    assert.ok(known <= delivered && known >= delivered - primed, `${received} + ${early} received of ${delivered}`)
    // Of what was sent while a head was on its way nobody can say whether it was left out.
    const lost = counter(report, 'msgs_lost')
    assert.ok(lost <= dropped && lost >= dropped - early / 6 - 30 / 7, `${lost} lost of ${dropped} left out`)
    const { reach } = report.metrics
    assert.ok(reach?.type === 'rate' && reach.hits === received && reach.total === received + lost)
  })

  it('those that leave: nothing is lost, and the run does not wait for what they will not get', async t => {
    const server = await startServer<Facts>(t, 'events-publishing')
    const words = [...publishing(server.host), '-s', '1s:30', '-s', '1s:30', '-s', '1s:3', '-R', 40, '--timeout', '30s']
    const startedAt = performance.now()
    const { report } = await runLoad(words)
    const tookMs = performance.now() - startedAt
    if (tooBusy(t, report, counter(report, 'conn_opened') === 30)) return
    assert.deepEqual(counters(report, 'conn_opened', 'conn_dropped', 'msgs_lost', 'msgs_duplicated'), {
      conn_opened: 30,
      conn_dropped: 0,
      msgs_lost: 0,
      msgs_duplicated: 0,
    })
    assert.ok(counter(report, 'msgs_received') > 0)
    assert.ok(tookMs < 30_000, `${tookMs} ms: it waited for the timeout`)
  })

  it('the skew is that over all workers: as large as the server makes it', async t => {
    const server = await startServer<Facts>(t, 'events-publishing')
    const { report } = await runLoad([...publishing(server.host), '-c', 8, '-w', 4, '-R', 20, '-d', '2s'])
    if (tooBusy(t, report, counter(report, 'msgs_lost') === 0)) return
    const { count } = histogram(report, 'push_skew')
    assert.equal(count, counter(report, 'msgs_sent'), 'every message reached every worker')
  })
})

describe('the warm-up is no part of the figures', { concurrency: 2 }, () => {
  it('echo: its messages are counted and timed apart', async t => {
    const server = await startServer<{ messages: number }>(t, 'websocket-echo')
    const { report } = await runLoad([`ws://${server.host}/echo`, '-c', 10, '-r', 20, '--warm-up', '1s', '-d', '2s'])
    const { messages } = await server.facts()
    const sent = counter(report, 'msgs_sent')
    assert.equal(sent + counter(report, 'gen_unsent'), 400)
    assert.equal(messages, 200 + sent)
    assert.deepEqual(counters(report, 'msgs_received', 'msgs_lost', 'warmup_msgs_sent', 'warmup_msgs_received'), {
      msgs_received: sent,
      msgs_lost: 0,
      warmup_msgs_sent: 200,
      warmup_msgs_received: 200,
    })
    assert.equal(histogram(report, 'msg_rtt').count, sent)
    assert.equal(histogram(report, 'warmup_msg_rtt').count, 200)
    assert.equal(histogram(report, 'gen_send_lag').count, sent)
  })

  it('publish: the same', async () => {
    const { report } = await runLoad(['-t', 'sse', '-c', 10, '-R', 20, '--warm-up', '1s', '-d', '2s'])
    assert.deepEqual(
      counters(report, 'msgs_sent', 'msgs_received', 'msgs_lost', 'warmup_msgs_sent', 'warmup_msgs_received'),
      { msgs_sent: 40, msgs_received: 400, msgs_lost: 0, warmup_msgs_sent: 20, warmup_msgs_received: 200 },
    )
  })
})

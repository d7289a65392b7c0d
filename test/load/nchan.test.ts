import assert from 'node:assert/strict'
import test from 'node:test'
import { missing } from '../servers/installed.ts'
import { startNchan } from '../servers/nginx-nchan.ts'
import { counters, histogram, runLoad } from './run-load.ts'

const SUBSCRIBERS = 200
const ways = [
  { transport: 'ws', scheme: 'ws', words: [] },
  { transport: 'sse', scheme: 'http', words: ['-t', 'sse'] },
  { transport: 'poll', scheme: 'http', words: ['-t', 'poll', '--cursor', 'etag'] },
]

for (const { transport, scheme, words } of ways) {
  test(`nchan over ${transport}: each of ${SUBSCRIBERS} subscribers gets every message once`, async t => {
    const reason = missing('nginx-nchan')
    if (reason !== null) {
      t.skip(reason)
      return
    }
    const host = await startNchan(t)
    const publishing = ['-p', 'publish', '--publish', `http://${host}/pub/news`, '-R', 20]
    const subscribers = ['-c', SUBSCRIBERS, '-d', '5s', ...words]
    const { code, report } = await runLoad([`${scheme}://${host}/sub/news`, ...publishing, ...subscribers])
    assert.equal(code, 0)
    assert.equal(report.config['pattern'], 'publish')
    assert.deepEqual(counters(report, 'conn_opened', 'msgs_sent', 'msgs_received', 'msgs_lost', 'msgs_duplicated'), {
      conn_opened: SUBSCRIBERS,
      msgs_sent: 100,
      msgs_received: 100 * SUBSCRIBERS,
      msgs_lost: 0,
      msgs_duplicated: 0,
    })
    assert.deepEqual(report.metrics['reach'], {
      type: 'rate',
      value: 1,
      hits: 100 * SUBSCRIBERS,
      total: 100 * SUBSCRIBERS,
    })
    const latency = histogram(report, 'push_latency')
    assert.equal(latency.count, 100 * SUBSCRIBERS)
    assert.ok(latency.p50 > 0 && latency.p50 <= latency.p99)
  })
}

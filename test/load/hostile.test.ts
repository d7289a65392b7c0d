import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startServer } from '../servers/start.ts'
import { counter, runLoad } from './run-load.ts'

const GIB = 2 ** 30
const RSS_MAX = 0.6 * GIB

const cases: {
  how: string
  transport: string
  classes: string[]
  code: number
  maxBytes?: number
  minBytes?: number
}[] = [
  { how: 'silent', transport: 'ws', classes: ['timeout'], code: 4 },
  { how: 'silent', transport: 'sse', classes: ['timeout'], code: 4 },
  { how: 'endless-header', transport: 'ws', classes: ['http-malformed'], code: 4, maxBytes: 64e6 },
  { how: 'endless-header', transport: 'sse', classes: ['http-malformed'], code: 4, maxBytes: 64e6 },
  { how: 'endless-headers', transport: 'poll', classes: ['http-malformed'], code: 4, maxBytes: 64e6 },
  { how: 'random-bytes', transport: 'ws', classes: ['http-malformed'], code: 4, maxBytes: 64e6 },
  { how: 'closes-at-once', transport: 'ws', classes: ['closed', 'reset'], code: 4 },
  { how: 'closes-at-once', transport: 'poll', classes: ['closed', 'reset'], code: 4 },
  { how: 'endless-event-line', transport: 'sse', classes: ['protocol'], code: 0, minBytes: 256e6 },
  { how: 'endless-poll-answer', transport: 'poll', classes: ['protocol'], code: 0, minBytes: 256e6 },
]

describe('a hostile server costs bounded time and memory, and is named', { concurrency: 2 }, () => {
  for (const { how, transport, classes, code, maxBytes, minBytes = 0 } of cases) {
    it(`${how}, over ${transport}`, async t => {
      const { host } = await startServer(t, 'hostile', [how])
      const url = `${transport === 'ws' ? 'ws' : 'http'}://${host}/`
      const startedAt = performance.now()
      const words = ['-t', transport, '-p', 'idle', '-c', 2, '-w', 1, '-d', '1s', '--timeout', '2s']
      const ended = await runLoad([url, ...words])
      assert.ok(performance.now() - startedAt < 40_000)
      assert.equal(ended.code, code)
      const { failures, metrics } = ended.report
      const received = counter(ended.report, 'bytes_received')
      // An endless message is given up at 64 MiB; on a busy machine not even that much comes in the time.
      if (received >= minBytes) assert.ok(classes.includes(failures[0]?.class ?? 'none'), JSON.stringify(failures))
      const rss = metrics['gen_rss']
      assert.ok(rss?.type === 'gauge' && rss.value < RSS_MAX, JSON.stringify(rss))
      if (maxBytes !== undefined) assert.ok(received < maxBytes)
    })
  }
})

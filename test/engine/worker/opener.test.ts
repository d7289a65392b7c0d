import assert from 'node:assert/strict'
import test from 'node:test'
import type { OpenerOptions } from '../../../src/engine/worker/opener-options.ts'
import { Opener } from '../../../src/engine/worker/opener.ts'
import { Recorder } from '../../../src/measure/recorder.ts'
import { type Connection, type End, emptyResume, plainEnd } from '../../../src/transports/transport.ts'
import type { Failure } from '../../../src/wire/failure.ts'

/** A connection that does only what the test tells it. */
interface Fake extends Connection {
  url: string | null
  closed: boolean
}

function fakes(options: Partial<OpenerOptions> = {}) {
  const made: Fake[] = []
  const timers: { due: number; run(): void }[] = []
  const recorder = new Recorder()
  const settled: boolean[] = []
  const opener: Opener = new Opener({
    first: 0,
    connections: 1000,
    recorder,
    timers: { at: (due, run) => void timers.push({ due, run }), clear() {} },
    timeoutMs: 1000,
    concurrency: 64,
    make(index) {
      const fake = { index, state: null, times: null, backlog: 0, open: false, localPort: 1, closed: false, url: null }
      const end = (failure: Failure | null) => opener.ended(connection, plainEnd(failure))
      const connection: Fake = Object.assign(fake, {
        tlsSession: undefined,
        overAt: 0,
        resume: emptyResume(),
        start() {},
        close() {
          connection.closed = true
        },
        abort: end,
      })
      made.push(connection)
      return connection
    },
    start(connection, _, url) {
      ;(connection as Fake).url = url
      return null
    },
    retryDelay: () => null,
    resolveUrl: location => location,
    settled: hopeless => void settled.push(hopeless),
    onOpened() {},
    onLeaving() {},
    onEnded() {},
    ...options,
  })
  const end = (connection: Fake, change: Partial<End> = {}) =>
    opener.ended(connection, { ...plainEnd(null), ...change })
  return { opener, made, timers, recorder, settled, end, counters: () => recorder.take(0, {}).counters }
}

const refused: Failure = { kind: 'refused', text: 'nobody is there' }

test('only so many handshakes are under way at once', () => {
  const { opener, made, settled } = fakes({ concurrency: 5 })
  opener.aim(12)
  assert.equal(made.length, 5)
  opener.opened(made[0]!)
  opener.opened(made[1]!)
  assert.equal(made.length, 7)
  for (let i = 2; i < made.length; i += 1) opener.opened(made[i]!)
  assert.equal(made.length, 12)
  assert.equal(opener.open.length, 12)
  assert.deepEqual(settled, [false])
})

test('a connect rate allows so many by now', () => {
  const { opener, made } = fakes()
  opener.aim(100, 3)
  assert.equal(made.length, 3)
  opener.aim(100, 10)
  assert.equal(made.length, 10)
})

test('when the first ten all fail, the rest is not tried', () => {
  const { opener, made, settled, end, counters } = fakes({ concurrency: 4 })
  opener.aim(1000)
  for (let i = 0; i < made.length; i += 1) end(made[i]!, { failure: refused })
  assert.ok(made.length >= 10 && made.length < 15, `${made.length} attempts`)
  assert.deepEqual(settled, [true])
  assert.equal(counters()['conn_failed'], made.length)
})

test('one success, and failures are only counted', () => {
  const { opener, made, settled, end } = fakes({ concurrency: 4 })
  opener.aim(100)
  opener.opened(made[0]!)
  for (let i = 1; i < made.length; i += 1) end(made[i]!, { failure: refused })
  assert.equal(made.length, 100)
  assert.deepEqual(settled, [false])
})

test('the aim goes down and up again', () => {
  const { opener, made, end } = fakes()
  opener.aim(5)
  for (const connection of made.slice()) opener.opened(connection)
  opener.aim(2)
  const closed = made.filter(connection => connection.closed)
  assert.deepEqual(
    closed.map(({ index }) => index),
    [4, 3, 2].toSorted((a, b) => a - b),
  )
  for (const connection of closed) end(connection)
  assert.equal(opener.open.length, 2)
  opener.aim(4)
  assert.equal(made.length, 7)
})

test('who leaves on purpose is no drop; who goes by himself is', () => {
  const { opener, made, end, counters } = fakes()
  opener.aim(3)
  for (const connection of made.slice()) opener.opened(connection)
  end(made[1]!, { closeCode: 1001, reason: 'bye' })
  opener.close()
  end(made[0]!)
  end(made[2]!)
  const { conn_dropped, closed_by_server_1001 } = counters()
  assert.deepEqual({ conn_dropped, closed_by_server_1001 }, { conn_dropped: 1, closed_by_server_1001: 1 })
  assert.equal(opener.pending, 0)
})

test('a handshake that takes too long is aborted, an open connection is not', () => {
  const { opener, made, timers, recorder } = fakes()
  opener.aim(2)
  opener.opened(made[0]!)
  for (const { run } of timers) run()
  assert.equal(opener.open.length, 1)
  assert.deepEqual(recorder.take(0, {}).failures, {
    timeout: { count: 1, examples: ['no answer to the handshake within 1 s (--timeout)'] },
  })
})

test('a redirect is followed five times; a permanent one is remembered for those to come', () => {
  const { opener, made, end, counters } = fakes({ concurrency: 1 })
  opener.aim(2)
  const to = (url: string, permanent = false) => ({ location: { url, permanent }, failure: refused })
  end(made[0]!, to('/a'))
  end(made[1]!, to('/b', true))
  opener.opened(made[2]!)
  assert.deepEqual(
    made.map(({ url }) => url),
    [null, '/a', '/b', '/b'],
  )
  for (let i = 3; i < made.length; i += 1) end(made[i]!, to('/circle'))
  assert.equal(made.length, 3 + 6)
  assert.deepEqual([counters()['redirects'], opener.totals.failed], [7, 1])
})

test('a client that comes back keeps its state and its number, and is away meanwhile', () => {
  const { opener, made, timers, end, counters } = fakes({ retryDelay: () => 10, first: 40 })
  opener.aim(1)
  opener.opened(made[0]!)
  assert.equal(opener.away, 0)
  made[0]!.state = null
  end(made[0]!)
  assert.equal(opener.away, 1)
  for (const { run } of timers.slice()) run()
  assert.equal(made[1]!.index, 40)
  opener.opened(made[1]!)
  assert.equal(opener.away, 0)
  assert.equal(counters()['conn_reopened'], 1)
})

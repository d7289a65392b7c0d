// Publish requests that fail although the message went out: neither duplicates nor losses, and no cover for real ones.
import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { startServer } from '../servers/start.ts'
import { counter, counters, runLoad } from './run-load.ts'

interface Facts {
  delivered: number
  dropped: number
  posts: number
  hung: number
}

async function run(t: TestContext, everyLost: number, words: (string | number)[]) {
  const server = await startServer<Facts>(t, 'events-publishing', [0, everyLost, 0, 7])
  const url = `http://${server.host}`
  const all = [`${url}/events`, '-t', 'sse', '--publish', `${url}/publish`, '-R', 50, '--timeout', '2s', ...words]
  const { report } = await runLoad(all)
  const facts = await server.facts()
  assert.ok(facts.hung > 5, `${facts.hung} without an answer`)
  return { report, facts }
}

describe('a publish request without an answer whose message went out', { concurrency: 2 }, () => {
  it('is no duplicate of the next one, and nothing is lost', async t => {
    const { report, facts } = await run(t, 1e6, ['-c', 10, '-d', '3s'])
    assert.deepEqual(counters(report, 'msgs_duplicated', 'msgs_lost', 'publish_failed'), {
      msgs_duplicated: 0,
      msgs_lost: 0,
      publish_failed: facts.hung,
    })
    const primed = counter(report, 'msgs_priming')
    assert.equal(counter(report, 'msgs_sent') + primed, facts.posts - facts.hung)
    assert.equal(counter(report, 'msgs_received'), facts.delivered - 10 * primed, 'what came is counted, also of those')
  })

  it('does not stand for one that was lost', async t => {
    const { report, facts } = await run(t, 11, ['-c', 10, '-d', '3s'])
    assert.ok(facts.dropped > 20, `${facts.dropped} left out`)
    assert.equal(counter(report, 'msgs_lost'), facts.dropped)
    assert.equal(counter(report, 'msgs_duplicated'), 0)
  })

  it('subscribers that leave: what came of it, or not, is no gap of theirs', async t => {
    const { report } = await run(t, 1e6, ['-s', '1s:20', '-s', '2s:20', '-s', '1s:2'])
    assert.deepEqual(counters(report, 'msgs_duplicated', 'msgs_lost'), { msgs_duplicated: 0, msgs_lost: 0 })
  })
})

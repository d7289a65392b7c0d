// TLS of a load run against node:tls: versions, ALPN, and the counts of full and resumed handshakes on both sides.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { selfSignedCertificate } from '../../src/endpoint/certificate.ts'
import { startServer } from '../servers/start.ts'
import { counter, runLoad } from './run-load.ts'

interface Facts {
  full: number
  resumed: number
  versions: string[]
  offered: string[]
  chosen: string[]
}

// Each connection is ended after ten messages and comes back, fifteen times in all.
const RECONNECTING = ['-k', '-c', 5, '-r', 50, '-d', '2s', '-w', 1, '--reconnect', 'fixed:delay=50ms']

async function measure(t: TestContext, server: string[], words: (string | number)[] = []) {
  const { host, facts } = await startServer<Facts>(t, 'tls-echo', server)
  const ended = await runLoad([`wss://${host}/`, ...RECONNECTING, ...words])
  return { ...ended, facts: await facts() }
}

describe('handshakes are counted as the server counts them', { concurrency: 2 }, () => {
  for (const version of ['TLSv1.2', 'TLSv1.3']) {
    for (const tickets of ['on', 'off']) {
      it(`${version}, tickets ${tickets}`, async t => {
        const { report, facts } = await measure(t, [`min=${version}`, `max=${version}`, `tickets=${tickets}`])
        const [full, resumed] = [counter(report, 'tls_full'), counter(report, 'tls_resumed')]
        t.diagnostic(`${full} full, ${resumed} resumed`)
        assert.deepEqual(facts.versions, [version])
        assert.deepEqual([full, resumed], [facts.full, facts.resumed])
        assert.equal(full + resumed, counter(report, 'conn_opened'))
        assert.ok(counter(report, 'conn_reopened') >= 5, 'clients come back')
        // Every first one is full; with a ticket every one after it is resumed.
        assert.deepEqual([full, resumed > 0], tickets === 'on' ? [5, true] : [full, false])
        assert.equal(counter(report, 'msgs_duplicated'), 0)
      })
    }
  }
})

it('handshakes with a target that a redirect led to are counted', async t => {
  const { host, facts } = await startServer<Facts>(t, 'tls-echo')
  const door = createServer(selfSignedCertificate({ names: ['127.0.0.1'] })).listen(0, '127.0.0.1')
  t.after(() => door.close())
  await once(door, 'listening')
  door.on('upgrade', (_, socket) => {
    socket.end(`HTTP/1.1 302 Found\r\nLocation: wss://${host}/\r\nContent-Length: 0\r\n\r\n`)
  })
  const { port } = door.address() as AddressInfo
  const { report } = await runLoad([`wss://127.0.0.1:${port}/`, '-k', '-c', 5, '-d', '500ms', '-r', 2, '-w', 1])
  assert.equal(counter(report, 'conn_opened'), 5)
  assert.equal(counter(report, 'redirects'), 5)
  assert.equal((await facts()).full, 5)
  assert.equal(counter(report, 'tls_full'), 10, 'five with the door, five behind it')
})

describe('what is offered', { concurrency: 2 }, () => {
  it('ALPN: HTTP/1.1 and nothing else', async t => {
    const { facts, code } = await measure(t, [])
    assert.equal(code, 0)
    assert.deepEqual(facts.offered, ['http/1.1'])
    assert.deepEqual(facts.chosen, ['http/1.1'])
    assert.deepEqual(facts.versions, ['TLSv1.3'], 'the highest that both know')
  })

  it('ALPN: a server that speaks only h2 is told apart from one without TLS', async t => {
    const { report, code } = await measure(t, ['alpn=h2'])
    assert.equal(code, 4)
    const [failure] = report.failures
    assert.equal(failure?.class, 'tls-protocol')
    assert.match(failure.examples[0]!, /no application protocol|ALPN/i)
  })

  it('--tls-min 1.3 refuses a server of TLS 1.2, and takes one of 1.3', async t => {
    const refused = await measure(t, ['max=TLSv1.2'], ['--tls-min', '1.3'])
    assert.equal(refused.code, 4)
    const [failure] = refused.report.failures
    assert.equal(failure?.class, 'tls-protocol')
    assert.match(failure.examples[0]!, /version/)
    assert.equal(refused.facts.full, 0)
    const taken = await measure(t, [], ['--tls-min', '1.3'])
    assert.equal(taken.code, 0)
    assert.deepEqual(taken.facts.versions, ['TLSv1.3'])
  })

  it('--tls-min 1.3 also where the transport is found out by asking', async t => {
    const { host, facts } = await startServer<Facts>(t, 'tls-echo', ['max=TLSv1.2'])
    const { code, report } = await runLoad([`https://${host}/`, '-k', '-c', 1, '-d', '1s', '--tls-min', '1.3'])
    assert.equal(code, 4)
    assert.equal(report.failures[0]?.class, 'tls-protocol')
    assert.equal((await facts()).full, 0)
  })

  it('--tls-min 1.2, and without a word, TLS 1.2 is spoken where the server knows no more', async t => {
    for (const words of [['--tls-min', '1.2'], []]) {
      const { facts, code } = await measure(t, ['max=TLSv1.2'], words)
      assert.equal(code, 0)
      assert.deepEqual(facts.versions, ['TLSv1.2'])
    }
  })
})

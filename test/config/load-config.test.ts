import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { resolveLoad } from '../../src/config/load-config.ts'
import type { Given } from '../../src/config/read-options.ts'

const noFiles = (path: string): string => assert.fail(`reads ${path}`)
const resolve = (given: Given, url?: string) => resolveLoad(url, given, noFiles)
const WS = 'ws://127.0.0.1:1/echo'
const HTTP = 'http://127.0.0.1:1/events'
const PUBLISH = 'http://127.0.0.1:1/publish'

describe('defaults of a load run', () => {
  it('are 5 s of open-loop echo on 100 connections without a URL', () => {
    const config = resolve({})
    assert.equal(config.target.url, null)
    assert.equal(config.target.transport, 'ws')
    assert.equal(config.pattern, 'echo')
    assert.equal(config.connections, 100)
    assert.equal(config.durationMs, 5000)
    assert.deepEqual(config.pace, { kind: 'open', perConnection: 10, arrival: 'constant' })
    assert.deepEqual(config.message, { text: null, size: 64, binary: false })
    assert.equal(config.timelineMs, 1000)
    assert.equal(config.seed, 1)
    assert.equal(config.target.timeoutMs, 10_000)
    assert.deepEqual(config.cursor, { kind: 'query-json', name: 'since', key: 'last' })
  })
  it('publish 20/s in total on the embedded stream', () => {
    const config = resolve({ transport: 'sse' })
    assert.equal(config.pattern, 'publish')
    assert.equal(config.publish, null)
    assert.deepEqual(config.pace, { kind: 'open-total', total: 20, arrival: 'constant' })
  })
  it('are gentle with an endpoint of somebody else', () => assert.equal(resolve({}, WS).connections, 10))
  it('listen to a stream that nobody publishes to', () => {
    const config = resolve({}, HTTP)
    assert.equal(config.target.transport, 'auto')
    assert.equal(config.pattern, 'listen')
    assert.deepEqual(config.pace, { kind: 'none' })
  })
  it('publish where --publish is given', () => assert.equal(resolve({ publish: PUBLISH }, WS).pattern, 'publish'))
  it('write an http: URL as ws: when asked for WebSocket', () =>
    assert.equal(resolve({ transport: 'ws' }, HTTP).target.url, 'ws://127.0.0.1:1/events'))
  it('cannot be changed afterwards', () => {
    const config = resolve({ threshold: ['msgs_lost: count==0'] })
    assert.ok(Object.isFrozen(config) && Object.isFrozen(config.target.tls) && Object.isFrozen(config.thresholds[0]))
  })
})

describe('words of a load run', () => {
  it('become values', () => {
    const config = resolve(
      { connections: '10k', rate: '2', arrival: 'poisson', connectRate: '500/s', warmUp: '2s', size: '1KiB', seed: 7 },
      WS,
    )
    assert.equal(config.connections, 10_000)
    assert.deepEqual(config.pace, { kind: 'open', perConnection: 2, arrival: 'poisson' })
    assert.equal(config.connectRate, 500)
    assert.equal(config.warmUpMs, 2000)
    assert.equal(config.message.size, 1024)
    assert.equal(config.seed, 7)
  })
  it('are kept as they were written', () =>
    assert.deepEqual(resolve({ connections: 3, header: ['A: b'], deflate: true, binary: false }, WS).given, {
      connections: '3',
      header: ['A: b'],
      deflate: true,
    }))
  it('sum up stages', () => {
    const config = resolve({ stage: ['1s:10', '2s:50', '500ms:0'] }, WS)
    assert.equal(config.connections, 50)
    assert.equal(config.durationMs, 3500)
  })
  it('turn cookies and users into headers', () => {
    const { headers } = resolve({ header: 'X-A: 1', cookie: ['a=1', 'b=2'], user: 'a:b' }, WS).target
    assert.deepEqual(headers, [
      ['X-A', '1'],
      ['Cookie', 'a=1; b=2'],
      ['Authorization', 'Basic YTpi'],
    ])
  })
  it('take the user out of the URL', () => {
    const { url, headers } = resolve({}, 'ws://a:b%20c@127.0.0.1/x').target
    assert.equal(url, 'ws://127.0.0.1/x')
    assert.deepEqual(headers, [['Authorization', 'Basic YTpiIGM=']])
  })
  it('expand addresses, each once', () =>
    assert.deepEqual(resolve({ localAddress: ['127.0.0.1-127.0.0.2', '127.0.0.2'] }, WS).target.localAddresses, [
      '127.0.0.1',
      '127.0.0.2',
    ]))
  it('leave the size to a given text', () => {
    assert.equal(resolve({ message: 'hello {{mark}}' }, WS).message.size, 0)
    assert.equal(resolve({ message: 'hello', size: '64B' }, WS).message.size, 64)
  })
  it('count shards from zero', () =>
    assert.deepEqual(resolve({ shard: '3/10', runId: 'x', startAt: '2026-11-22T12:00:00Z' }, WS).shard, {
      index: 2,
      count: 10,
      runId: 'x',
      startAt: '2026-11-22T12:00:00.000Z',
    }))
  it('read PEM files, one that holds certificate and key also for both', () => {
    const files: Record<string, string> = { ca: 'CA', both: 'CERT -----BEGIN PRIVATE KEY-----' }
    const config = resolveLoad('wss://h/', { cacert: 'ca', cert: 'both', tlsMin: '1.3' }, path => files[path]!)
    assert.equal(config.target.tls.cacert, 'CA')
    assert.equal(config.target.tls.key, files['both'])
    assert.equal(config.target.tls.minVersion, 'TLSv1.3')
  })
})

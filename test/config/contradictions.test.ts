import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkTransport } from '../../src/config/check-transport.ts'
import { UsageError } from '../../src/config/errors.ts'
import { resolveLoad } from '../../src/config/load-config.ts'
import type { Given } from '../../src/config/read-options.ts'

const WS = 'ws://127.0.0.1:1/echo'
const WSS = 'wss://127.0.0.1:1/echo'
const HTTP = 'http://127.0.0.1:1/events'
const PUBLISH = 'http://127.0.0.1:1/publish'
const resolve = (given: Given, url?: string) => resolveLoad(url, given, () => 'PEM')

const CASES: [given: Given, url: string | undefined, sentence: RegExp, option: string][] = [
  [{ rate: '1', totalRate: '2' }, WS, /--rate is per connection and --total-rate/, 'rate'],
  [{ rate: '1', inFlight: '2' }, WS, /--in-flight .* --rate on a schedule/, 'in-flight'],
  [{ totalRate: '1', inFlight: '2' }, WS, /--in-flight .* --total-rate on a schedule/, 'in-flight'],
  [{ arrival: 'poisson', inFlight: '2' }, WS, /--arrival has no meaning with --in-flight/, 'arrival'],
  [{ stage: '1s:1', duration: '1s' }, WS, /--stage and --duration exclude/, 'duration'],
  [{ stage: '1s:1', connections: '1' }, WS, /--stage and --connections exclude/, 'connections'],
  [{ stage: '1s:1', connectRate: '1' }, WS, /--stage and --connect-rate exclude/, 'connect-rate'],
  [{ stage: '1s:0' }, WS, /--stage never opens a connection/, 'stage'],
  [{ pattern: 'echo', transport: 'sse' }, HTTP, /--pattern echo needs .* not sse/, 'pattern'],
  [{ pattern: 'echo' }, HTTP, /--pattern echo needs/, 'pattern'],
  [{ deflate: true, transport: 'sse' }, HTTP, /--deflate has no meaning with --transport sse/, 'deflate'],
  [{ deflate: true }, HTTP, /--deflate has no meaning with --transport sse, only with ws/, 'deflate'],
  [{ subprotocol: 'x' }, HTTP, /--subprotocol has no meaning/, 'subprotocol'],
  [{ pollInterval: '1s' }, WS, /--poll-interval has no meaning with --transport ws, only with poll/, 'poll-interval'],
  [{ cursor: 'etag', transport: 'sse' }, HTTP, /--cursor has no meaning with --transport sse/, 'cursor'],
  [
    { publish: PUBLISH, pattern: 'echo' },
    WS,
    /--publish has no meaning with --pattern echo, only with publish/,
    'publish',
  ],
  [{ pattern: 'publish' }, WS, /--pattern publish needs --publish URL/, 'pattern'],
  [{ publish: PUBLISH }, undefined, /--publish needs the URL of the endpoint/, 'publish'],
  [{ publishBody: '{{message}}' }, WS, /--publish-body has no meaning without --publish/, 'publish-body'],
  [{ publishMethod: 'PUT' }, WS, /--publish-method has no meaning without --publish/, 'publish-method'],
  [{ publishHeader: 'A: b' }, WS, /--publish-header has no meaning without --publish/, 'publish-header'],
  [{ rate: '1', publish: PUBLISH }, WS, /--rate has no meaning with --pattern publish.*--total-rate/, 'rate'],
  [{ rate: '1', pattern: 'idle' }, WS, /--rate has no meaning with --pattern idle/, 'rate'],
  [{ totalRate: '1' }, HTTP, /--total-rate has no meaning with --pattern listen/, 'total-rate'],
  [{ inFlight: '1', pattern: 'listen' }, WS, /--in-flight has no meaning/, 'in-flight'],
  [{ message: 'x', pattern: 'listen' }, WS, /--message has no meaning/, 'message'],
  [{ size: '9B', pattern: 'idle' }, WS, /--size has no meaning/, 'size'],
  [{ binary: true, pattern: 'listen' }, WS, /--binary has no meaning/, 'binary'],
  [{ timestamp: 'json:ts' }, WS, /--timestamp has no meaning with --pattern echo, only with listen/, 'timestamp'],
  [{ reconnect: 'fixed' }, HTTP, /--reconnect has no meaning/, 'reconnect'],
  [{ message: 'hello', size: '4B' }, WS, /--size 4B is less than the 5 bytes of --message/, 'size'],
  [{ message: '{{mark}}{{mark}}' }, WS, /\{\{mark\}\} more than once/, 'message'],
  [{ transport: 'sse' }, WS, /--transport sse needs an http/, 'transport'],
  [{ insecure: true }, WS, /--insecure has no meaning for "ws:/, 'insecure'],
  [{ cacert: 'f' }, undefined, /--cacert has no meaning without a URL/, 'cacert'],
  [{ connectTo: 'h:1' }, undefined, /--connect-to has no meaning without a URL/, 'connect-to'],
  [{ unixSocket: '/s' }, undefined, /--unix-socket has no meaning without a URL/, 'unix-socket'],
  [{ cert: 'f' }, WSS, /--cert needs its private key/, 'cert'],
  [{ key: 'f' }, WSS, /--key needs its certificate/, 'key'],
  [{ insecure: true, cacert: 'f' }, WSS, /--insecure and --cacert exclude/, 'insecure'],
  [{ unixSocket: '/s', connectTo: 'h:1' }, WS, /--unix-socket and --connect-to exclude/, 'unix-socket'],
  [{ unixSocket: '/s', localAddress: '127.0.0.2' }, WS, /a Unix socket has no source address/, 'local-address'],
  [{ user: 'a:b', header: 'authorization: x' }, WS, /--user and --header 'Authorization/, 'user'],
  [{ user: 'a:b' }, 'ws://c:d@127.0.0.1/', /the URL names a user/, 'user'],
  [{ cookie: 'a=b', header: 'Cookie: c=d' }, WS, /--cookie and --header 'Cookie/, 'cookie'],
  [{ shard: '1/2' }, WS, /--shard needs --run-id/, 'shard'],
  [{ runId: 'x' }, WS, /--run-id has no meaning without --shard/, 'run-id'],
  [{ startAt: '2026-11-22T12:00:00Z' }, WS, /--start-at has no meaning without --shard/, 'start-at'],
  [{ shard: '1/20', runId: 'x', connections: '10' }, WS, /10 connections cannot be divided over 20/, 'shard'],
  [{ findMax: 'msg_rtt: p(99)<50ms', stage: '1s:1' }, WS, /--find-max and --stage exclude/, 'find-max'],
  [{ findMax: 'msg_rtt: p(99)<50ms', shard: '1/2', runId: 'x' }, WS, /--find-max and --shard exclude/, 'find-max'],
  [{ findMax: 'msg_rtt: p(99)<50ms abort' }, WS, /--find-max takes no "abort"/, 'find-max'],
  [{ findMax: 'msg_rtt: p(99)<50ms', inFlight: '2' }, WS, /--find-max and --in-flight exclude/, 'find-max'],
  [
    { findMax: 'push_latency: p(99)<50ms' },
    WS,
    /cannot judge .* push_latency with --pattern echo: .* msg_rtt/,
    'find-max',
  ],
  [{ findMax: 'msgs_lost: count==0' }, WS, /cannot judge a level by msgs_lost/, 'find-max'],
  [{ duration: ['1s', '2s'] }, WS, /--duration takes one text/, 'duration'],
  [{ deflate: 'yes' }, WS, /--deflate is true or false/, 'deflate'],
]

describe('contradictions and options without a meaning', () => {
  for (const [given, url, sentence, option] of CASES)
    it(`${JSON.stringify(given)} for ${url ?? 'the embedded endpoint'} is refused by name`, () =>
      assert.throws(
        () => resolve(given, url),
        (error: unknown) => {
          assert.ok(error instanceof UsageError, String(error))
          assert.match(error.message, sentence)
          assert.equal(error.option, option)
          return true
        },
      ))
  it('TLS options may be meant for the publishing URL', () =>
    assert.equal(resolve({ insecure: true, publish: 'https://127.0.0.1/p' }, WS).target.tls.insecure, true))
})

describe('what auto leaves open', () => {
  it('--cursor is fine until the target turns out to be a stream', () => {
    const config = resolve({ cursor: 'etag' }, HTTP)
    checkTransport(config, 'poll')
    assert.throws(() => checkTransport(config, 'sse'), /--cursor has no meaning with --transport sse, only with poll/)
  })
})

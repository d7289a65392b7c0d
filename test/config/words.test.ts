import { describe } from 'node:test'
import { parseLocalAddress } from '../../src/config/addresses.ts'
import { parseCursor } from '../../src/config/cursor.ts'
import { parseCookie, parseHeader, parseSubprotocol, parseUser } from '../../src/config/headers.ts'
import { parseOrigin } from '../../src/config/origin.ts'
import { parsePublishBody } from '../../src/config/publish-body.ts'
import { parseMoment, parseRunId, parseShard } from '../../src/config/shard.ts'
import { parseStage } from '../../src/config/stages.ts'
import { parseTimestamp } from '../../src/config/timestamp.ts'
import { parseHostPort, parseHttpUrl, parsePort, parseTargetUrl } from '../../src/config/url.ts'
import { parserTable } from './table.ts'

describe('cursors', () => {
  parserTable('--cursor', parseCursor, {
    reads: {
      'query:since=json:last': { kind: 'query-json', name: 'since', key: 'last' },
      'query:a=header:X-Next': { kind: 'query-header', name: 'a', header: 'X-Next' },
      'header:A=header:B': { kind: 'header', pairs: [{ request: 'A', response: 'B' }] },
      'header:A=header:B,header:C=header:D': {
        kind: 'header',
        pairs: [
          { request: 'A', response: 'B' },
          { request: 'C', response: 'D' },
        ],
      },
      etag: { kind: 'etag' },
      none: { kind: 'none' },
    },
    refuses: {
      since: /is not a cursor: write query:since=json:last/,
      'query:=json:last': /is not a cursor/,
      'query:a&b=json:last': /is not a cursor/,
      'header:A=json:b': /is not a pair/,
      'header:A=header:B,C=D': /"C=D" is not a pair/,
      'header:A b=header:C': /is not a pair/,
    },
  })
})

describe('local addresses', () => {
  parserTable('--local-address', parseLocalAddress, {
    reads: {
      '127.0.0.11': ['127.0.0.11'],
      '127.0.0.254-127.0.1.1': ['127.0.0.254', '127.0.0.255', '127.0.1.0', '127.0.1.1'],
      '10.0.0.9/30': ['10.0.0.9', '10.0.0.10'],
      '10.0.0.9/31': ['10.0.0.8', '10.0.0.9'],
      '10.0.0.9/32': ['10.0.0.9'],
      '::1': ['::1'],
    },
    refuses: {
      '127.0.0.256': /is not an address/,
      '127.0.0.014': /is not an address/,
      '127.0.0.5-127.0.0.1': /ends before it begins/,
      '127.0.0.1-x': /is not a range/,
      '10.0.0.0/33': /0 to 32/,
      '10.0.0.0/8': /names 16777214 addresses: at most 65536/,
      eth0: /is not an address: write 127\.0\.0\.11/,
      ':::1': /is not an address/,
    },
  })
})

describe('headers, cookies, users', () => {
  parserTable('--header', parseHeader, {
    reads: { 'A: b': ['A', 'b'], 'A:b:c': ['A', 'b:c'], 'X-Empty:': ['X-Empty', ''] },
    refuses: {
      nothing: /has no colon: write 'Name: value'/,
      'A b: c': /"A b" is not a header name/,
      'A: b\r\nC: d': /no header can carry/,
      'A: ☃': /no header can carry/,
      'Upgrade: h2c': /writes this header itself/,
      'Sec-WebSocket-Protocol: x': /write --subprotocol x/,
    },
  })
  parserTable('--cookie', parseCookie, { reads: { 'a=b': 'a=b' }, refuses: { a: /write name=value/ } })
  parserTable('--user', parseUser, {
    reads: { 'Aladdin:open sesame': 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==', 'a:': 'Basic YTo=' },
    refuses: { Aladdin: /write name:password/, ':x': /needs a name/ },
  })
  parserTable('--subprotocol', parseSubprotocol, {
    reads: { 'graphql-ws': 'graphql-ws' },
    refuses: { 'a, b': /one word/ },
  })
})

describe('addresses of targets', () => {
  parserTable('url', parseTargetUrl, {
    reads: { 'ws://h:1/p?q': 'ws://h:1/p?q', 'wss://h': 'wss://h/', 'https://h/ä': 'https://h/%C3%A4' },
    refuses: {
      'localhost:8080/echo': /write ws:\/\/localhost:8080\/echo, or http:\/\/localhost:8080\/echo for Server-Sent/,
      'example.org': /has no scheme/,
      '[::1]:80': /has no scheme/,
      'ftp://h/': /scheme ftp:\/\/ is not one of/,
      'ws://h/#top': /from # on/,
      'ws://': /is not a URL/,
      'http:///x y': /./,
      '': /is not a URL/,
    },
  })
  parserTable('--publish', parseHttpUrl, {
    reads: { 'http://h/p': 'http://h/p' },
    refuses: { 'ws://h/p': /write an http:\/\/ or https:\/\//, 'h/p': /has no scheme: write http:\/\/h\/p/ },
  })
  parserTable('--connect-to', parseHostPort, {
    reads: { 'h:80': { host: 'h', port: 80 }, '[::1]:443': { host: '::1', port: 443 } },
    refuses: { h: /is not host:port/, 'h:0': /is not host:port/, 'h:65536': /is not host:port/, '::1:80': /is not/ },
  })
  parserTable('--port', parsePort, { reads: { '0': 0, '65535': 65_535 }, refuses: { '65536': /0 to 65535/, x: /not/ } })
  parserTable('--allow-origin', parseOrigin, {
    reads: { '*': '*', 'https://a.example': 'https://a.example' },
    refuses: { 'https://a.example/x': /without a path/, a: /is not an origin/ },
  })
})

describe('stages, shards, moments and templates', () => {
  parserTable('--stage', parseStage, {
    reads: { '30s:1000': { durationMs: 30_000, connections: 1000 }, '1m:0': { durationMs: 60_000, connections: 0 } },
    refuses: { '30:1000': /--stage 30 has no unit/, '30s': /write 30s:1000/, '30s:1:2': /write/, '30s:1.5': /write/ },
  })
  parserTable('--shard', parseShard, {
    reads: { '3/10': { index: 2, count: 10 }, '1/1': { index: 0, count: 1 } },
    refuses: { '0/10': /write 1\/10 to 10\/10/, '11/10': /is not a shard/, '3': /is not a shard/ },
  })
  parserTable('--start-at', parseMoment, {
    reads: {
      '2026-11-22T12:00:00Z': '2026-11-22T12:00:00.000Z',
      '2026-11-22T12:00:00+01:00': '2026-11-22T11:00:00.000Z',
    },
    refuses: { '12:00': /is not a moment/, '2026-11-22T12:00:00': /is not a moment/, '2026-13-22T12:00:00Z': /moment/ },
  })
  parserTable('--run-id', parseRunId, { reads: { 'a-1': 'a-1' }, refuses: { 'a b': /is not a run id/, '': /run id/ } })
  parserTable('--timestamp', parseTimestamp, {
    reads: { 'json:ts': { kind: 'json', key: 'ts' } },
    refuses: { ts: /write json:ts/ },
  })
  parserTable('--publish-body', parsePublishBody, {
    reads: { '{"d":"{{message}}"}': '{"d":"{{message}}"}' },
    refuses: { hello: /has no \{\{message\}\}/ },
  })
})

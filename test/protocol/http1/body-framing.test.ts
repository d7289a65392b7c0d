import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type BodyFraming,
  isPersistent,
  requestBodyFraming,
  responseBodyFraming,
} from '../../../src/protocol/http1/body-framing.ts'
import type { RequestHead, ResponseHead } from '../../../src/protocol/http1/head.ts'
import { requestHeadReader, responseHeadReader } from '../../../src/protocol/http1/head-reader.ts'

const responses: [string, string, string, string][] = [
  ['GET', '1.1 200', 'Content-Length: 5', 'length 5'],
  ['GET', '1.1 200', 'Content-Length: 0', 'length 0'],
  ['GET', '1.1 200', 'Transfer-Encoding: chunked', 'chunked'],
  ['GET', '1.1 200', 'transfer-encoding: gzip, CHUNKED', 'chunked'],
  ['GET', '1.1 200', '', 'until-close'],
  ['GET', '1.1 200', 'Transfer-Encoding: gzip', 'until-close'],
  ['HEAD', '1.1 200', 'Content-Length: 5', 'none'],
  ['HEAD', '1.1 200', 'Transfer-Encoding: chunked', 'none'],
  ['GET', '1.1 304', 'Content-Length: 5', 'none'],
  ['GET', '1.1 101', '', 'none'],
  ['GET', '1.1 204', 'Content-Length: 0', 'none content-length-not-allowed'],
  ['GET', '1.1 103', 'Transfer-Encoding: chunked', 'none transfer-encoding-not-allowed'],
  ['CONNECT', '1.1 200', 'Content-Length: 5', 'none content-length-not-allowed'],
  ['CONNECT', '1.1 403', 'Content-Length: 5', 'length 5'],
  ['GET', '1.1 200', 'Content-Length: 5, 5', 'length 5 content-length-repeated'],
  ['GET', '1.1 200', 'Content-Length: 5|Content-Length: 05', 'length 5 content-length-repeated'],
  ['GET', '1.1 200', 'Content-Length: 5|Content-Length: 6', 'invalid content-length-conflict'],
  ['GET', '1.1 200', 'Content-Length: +5', 'invalid content-length-invalid'],
  ['GET', '1.1 200', 'Content-Length: 0x5', 'invalid content-length-invalid'],
  ['GET', '1.1 200', 'Content-Length:', 'invalid content-length-invalid'],
  ['GET', '1.1 200', 'Content-Length: 99999999999999999999', 'invalid content-length-invalid'],
  ['GET', '1.1 200', 'Content-Length: 5|Transfer-Encoding: chunked', 'chunked transfer-encoding-and-content-length'],
  ['GET', '1.0 200', 'Transfer-Encoding: chunked', 'chunked transfer-encoding-in-http-1.0'],
  ['GET', '1.1 200', 'Transfer-Encoding: chunked|Transfer-Encoding: chunked', 'chunked chunked-repeated'],
  ['GET', '1.1 200', 'Transfer-Encoding: chunked, gzip', 'until-close chunked-not-final'],
]

for (const [method, status, fields, expected] of responses) {
  test(`the response ${status} to ${method} with "${fields}" is framed by: ${expected}`, () => {
    assert.equal(describe(responseBodyFraming(responseHead(`HTTP/${status} x`, fields), method)), expected)
  })
}

const requests: [string, string][] = [
  ['', 'none'],
  ['Content-Length: 5', 'length 5'],
  ['Transfer-Encoding: chunked', 'chunked'],
  ['Transfer-Encoding: gzip', 'invalid transfer-coding-unknown-length'],
  ['Content-Length: 1, 2', 'invalid content-length-conflict'],
]

for (const [fields, expected] of requests) {
  test(`a request with "${fields}" is framed by: ${expected}`, () => {
    assert.equal(describe(requestBodyFraming(requestHead('POST / HTTP/1.1', fields))), expected)
  })
}

const persistence: [string, string, boolean][] = [
  ['1.1', 'Content-Length: 0', true],
  ['1.1', 'Content-Length: 0|Connection: Close', false],
  ['1.0', 'Content-Length: 0', false],
  ['1.0', 'Content-Length: 0|Connection: keep-alive', true],
  ['1.1', '', false],
  ['1.1', 'Content-Length: x', false],
  ['1.1', 'Content-Length: 5|Transfer-Encoding: chunked', false],
]

for (const [version, fields, persistent] of persistence) {
  test(`HTTP/${version} with "${fields}" ${persistent ? 'keeps' : 'ends'} the connection`, () => {
    const head = responseHead(`HTTP/${version} 200 OK`, fields)
    assert.equal(isPersistent(head, responseBodyFraming(head, 'GET')), persistent)
  })
}

function describe(framing: BodyFraming): string {
  const words = [framing.kind === 'length' ? `length ${framing.length}` : framing.kind]
  return [...words, ...framing.violations.map(violation => violation.kind)].join(' ')
}

function wire(startLine: string, fields: string): Buffer {
  return Buffer.from(`${[startLine, ...fields.split('|').filter(line => line !== '')].join('\r\n')}\r\n\r\n`)
}

function responseHead(startLine: string, fields: string): ResponseHead {
  const bytes = wire(startLine, fields)
  const result = responseHeadReader().push(bytes, 0, bytes.length)
  assert.ok(result.kind === 'head')
  return result.head
}

function requestHead(startLine: string, fields: string): RequestHead {
  const bytes = wire(startLine, fields)
  const result = requestHeadReader().push(bytes, 0, bytes.length)
  assert.ok(result.kind === 'head')
  return result.head
}

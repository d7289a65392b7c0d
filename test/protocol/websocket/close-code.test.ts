import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  describeCloseCode,
  encodeClosePayload,
  isWireCloseCode,
  parseClosePayload,
} from '../../../src/protocol/websocket/close-code.ts'

test('exactly the codes of RFC 6455 §7.4 and the registry may be sent', () => {
  const legal = Array.from({ length: 65_536 }, (_, code) => code).filter(isWireCloseCode)
  const named = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014]
  assert.deepEqual(legal, [...named, ...Array.from({ length: 2000 }, (_, i) => 3000 + i)])
})

test('codes are described by their registered name', () => {
  assert.equal(describeCloseCode(1009), '1009 message too big')
  assert.equal(describeCloseCode(4321), '4321')
})

test('every payload is a value of its own kind', () => {
  assert.deepEqual(parseClosePayload(Buffer.alloc(0)), { kind: 'empty' })
  assert.deepEqual(parseClosePayload(Buffer.of(3)), { kind: 'one-byte', octet: 3 })
  const parsed = parseClosePayload(Buffer.from('03e8c3bc', 'hex'))
  assert.deepEqual(parsed, { kind: 'code', code: 1000, wireLegal: true, reason: 'ü' })
  assert.deepEqual(parseClosePayload(Buffer.from('03ed', 'hex')), {
    kind: 'code',
    code: 1005,
    wireLegal: false,
    reason: '',
  })
  assert.deepEqual(parseClosePayload(Buffer.from('03e8c3', 'hex')), {
    kind: 'invalid-utf8',
    code: 1000,
    wireLegal: true,
    reasonBytes: Buffer.from('c3', 'hex'),
  })
})

test('any payload can be written', () => {
  assert.equal(encodeClosePayload().toString('hex'), '')
  assert.equal(encodeClosePayload(65_535).toString('hex'), 'ffff')
  assert.equal(encodeClosePayload(1000, 'ü').toString('hex'), '03e8c3bc')
  assert.equal(encodeClosePayload(0, Buffer.of(0xff)).toString('hex'), '0000ff')
})

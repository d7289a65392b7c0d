import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatMs,
  formatNumber,
  formatShare,
  inertStart,
  plainJson,
  plainLine,
} from '../../src/report/text.ts'

test('a terminal title escape, a C1 control and a line end are shown, not obeyed', () => {
  assert.equal(plainLine('a\x1b]0;owned\x07b\x9b31m\r\n'), 'a\\x1b]0;owned\\x07b\\x9b31m\\x0d\\x0a')
})

test('bidi marks, zero width characters, line separators, tags and lone surrogates are shown by number', () => {
  assert.equal(
    plainLine('x\u202ey\u2066\u200b\u2028\u{e0041}\ud800'),
    'x\\u202ey\\u2066\\u200b\\u2028\\u{e0041}\\ud800',
  )
})

test('letters of any script and emoji stay', () => {
  assert.equal(plainLine('Grüße 東京 שלום 🎉'), 'Grüße 東京 שלום 🎉')
})

test('a CI log finds no command in a line, and an IPv6 address stays readable', () => {
  assert.equal(inertStart('  ::error::x'), '  \\x3a:error::x')
  assert.equal(plainLine('a ##[error]x'), 'a \\x23#[error]x')
  assert.equal(inertStart(plainLine('connect ::1:80')), 'connect ::1:80')
})

test('a long string is cut before it is escaped', () => {
  assert.equal(plainLine('abc\x1bdef', 4), 'abc\\x1b…')
})

test('plain JSON is the same value and holds no raw control or invisible character', () => {
  const value = { 'k\x9b': ['\x1b[2J', 'a\u202eb', '\u{e0041}', 'line\nend'], n: 1.5 }
  for (const indent of [0, 2]) {
    const text = plainJson(value, indent)
    assert.deepEqual(JSON.parse(text), value)
    assert.match(text, /^[\x20-\x7e\n]+$/)
  }
})

const times: [number, string][] = [
  [0, '0 ms'],
  [0.0123, '12.3 µs'],
  [0.829, '829 µs'],
  [0.99949, '999 µs'],
  [0.9996, '1 ms'],
  [1.234, '1.23 ms'],
  [12.34, '12.3 ms'],
  [123.4, '123 ms'],
  [999.6, '1 s'],
  [12_340, '12.3 s'],
  [59_949, '59.9 s'],
  [59_960, '1 min'],
  [125_000, '2 min 5 s'],
  [3_840_000, '1 h 4 min'],
  [-5, '-5 ms'],
]
test('times carry three digits and the unit that fits', () => {
  for (const [ms, text] of times) assert.equal(formatMs(ms), text)
})

test('a share is called 0 % or 100 % only when it is', () => {
  const shares: [number, string][] = [
    [0, '0 %'],
    [1, '100 %'],
    [0.999999, '> 99.99 %'],
    [0.00001, '< 0.01 %'],
    [0.5, '50 %'],
    [0.99994, '99.99 %'],
    [0.1234, '12.3 %'],
  ]
  for (const [share, text] of shares) assert.equal(formatShare(share), text)
})

test('counts are grouped, sizes are binary, numbers keep three digits', () => {
  assert.equal(formatCount(1_234_567), '1,234,567')
  assert.equal(formatCount(-1234), '-1,234')
  assert.equal(formatBytes(1023), '1,023 B')
  assert.equal(formatBytes(1536), '1.5 KiB')
  assert.equal(formatBytes(5 * 1024 ** 3), '5 GiB')
  assert.equal(formatNumber(0.000436), '0.000436')
  assert.equal(formatNumber(1234.5), '1,235')
  assert.equal(formatNumber(75), '75')
  assert.equal(formatCounted(1, 'connection'), '1 connection')
  assert.equal(formatCounted(2000, 'reply', 'replies'), '2,000 replies')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatExtensions, parseExtensions } from '../../../src/protocol/websocket/extension-header.ts'

test('lists with parameters, quoted values and odd spacing are read', () => {
  const text = ' foo, ,bar;a ; b=1;c="x\\y" ,\tpermessage-deflate; client_max_window_bits '
  assert.deepEqual(parseExtensions(text), {
    ok: true,
    extensions: [
      { name: 'foo', parameters: [] },
      {
        name: 'bar',
        parameters: [
          ['a', null],
          ['b', '1'],
          ['c', 'xy'],
        ],
      },
      { name: 'permessage-deflate', parameters: [['client_max_window_bits', null]] },
    ],
  })
  assert.deepEqual(parseExtensions(''), { ok: true, extensions: [] })
})

test('duplicate parameters are kept', () => {
  const parsed = parseExtensions('x; a=1; a=2')
  assert.deepEqual(parsed.ok && parsed.extensions[0]?.parameters, [
    ['a', '1'],
    ['a', '2'],
  ])
})

test('what breaks the grammar of RFC 6455 §9.1 is told with its place', () => {
  const broken: [string, number][] = [
    ['permessage-deflate;;', 19],
    ['=', 0],
    [';', 0],
    ['a b', 2],
    ['a; b=', 5],
    ['a; b=""', 5],
    ['a; b="x y"', 5],
    ['a; b="x', 5],
    ['a; b=1=2', 6],
    ['a;', 2],
    ['ä', 0],
  ]
  for (const [text, at] of broken) {
    const parsed = parseExtensions(text)
    assert.equal(parsed.ok, false, text)
    assert.equal(!parsed.ok && parsed.at, at, text)
  }
})

test('written lists read back as they were', () => {
  const extensions = [
    { name: 'a', parameters: [['b', '1'] as [string, string | null], ['c', null] as [string, string | null]] },
    { name: 'd', parameters: [] },
  ]
  const text = formatExtensions(extensions)
  assert.equal(text, 'a; b=1; c, d')
  assert.deepEqual(parseExtensions(text), { ok: true, extensions })
})

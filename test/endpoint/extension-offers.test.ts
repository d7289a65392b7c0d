import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptableDeflateOffer } from '../../src/endpoint/deflate-offer.ts'
import { parseExtensionOffers } from '../../src/endpoint/extension-offers.ts'

const settled = (header: string) => acceptableDeflateOffer(parseExtensionOffers(header)!)

test('offers and their parameters are read, quoted values as tokens', () => {
  assert.deepEqual(parseExtensionOffers('a, b;c ; d=1;e="x\\y" ,\tf'), [
    { name: 'a', parameters: [] },
    {
      name: 'b',
      parameters: [
        ['c', true],
        ['d', '1'],
        ['e', 'xy'],
      ],
    },
    { name: 'f', parameters: [] },
  ])
})

test('what breaks the grammar is told apart', () => {
  for (const header of [
    '',
    ';',
    '=',
    ',',
    'a,',
    'a,,b',
    'a;',
    'a;;b',
    'a;=1',
    'a;b=',
    'a;b="',
    'a;b=""',
    'a;b="c d"',
    'a b',
    'a;b="c"d',
    'é',
  ]) {
    assert.equal(parseExtensionOffers(header), undefined, header)
  }
})

test('a long crafted header is read in linear time', () => {
  const started = performance.now()
  for (const header of ['a;b="\\'.padEnd(16_000, '\\'), ' '.repeat(16_000), 'a ;'.repeat(5000), 'a, '.repeat(5000)]) {
    assert.equal(parseExtensionOffers(header), undefined)
  }
  assert.ok(performance.now() - started < 1000)
})

test('the first offer of permessage-deflate that is legal and possible is taken', () => {
  assert.equal(settled('permessage-deflate'), 'permessage-deflate')
  assert.equal(
    settled('x, permessage-deflate; server_no_context_takeover; client_no_context_takeover'),
    'permessage-deflate; server_no_context_takeover; client_no_context_takeover',
  )
  assert.equal(
    settled('permessage-deflate; server_max_window_bits="10"'),
    'permessage-deflate; server_max_window_bits=10',
  )
  assert.equal(
    settled('permessage-deflate; server_max_window_bits=8, permessage-deflate; client_max_window_bits'),
    'permessage-deflate',
  )
})

test('the window of the client is its own affair', () => {
  assert.equal(settled('permessage-deflate; client_max_window_bits'), 'permessage-deflate')
  assert.equal(settled('permessage-deflate; client_max_window_bits=8'), 'permessage-deflate')
})

test('illegal offers are declined', () => {
  const illegal = [
    ...['7', '16', '0', '09', 'x', '8'].map(bits => `server_max_window_bits=${bits}`),
    'server_max_window_bits',
    'client_max_window_bits=16',
    'server_no_context_takeover=1',
    'unknown',
    'server_no_context_takeover; server_no_context_takeover',
  ]
  for (const parameters of illegal) assert.equal(settled(`permessage-deflate; ${parameters}`), undefined, parameters)
})

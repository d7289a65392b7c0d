import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  deflateDirections,
  formatDeflate,
  judgeDeflateResponse,
  parseDeflate,
} from '../../../src/protocol/websocket/deflate-parameters.ts'
import { parseExtensions } from '../../../src/protocol/websocket/extension-header.ts'

function parse(text: string, role: 'offer' | 'response' = 'response') {
  const parsed = parseExtensions(text)
  assert.ok(parsed.ok && parsed.extensions.length === 1, text)
  return parseDeflate(parsed.extensions[0]!, role)
}

test('offers are written in the form of RFC 7692 §7', () => {
  assert.equal(formatDeflate(), 'permessage-deflate')
  assert.equal(formatDeflate({ clientMaxWindowBits: true }), 'permessage-deflate; client_max_window_bits')
  const all = {
    serverNoContextTakeover: true,
    clientNoContextTakeover: true,
    serverMaxWindowBits: 10,
    clientMaxWindowBits: 9,
  }
  const text =
    'permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=10; client_max_window_bits=9'
  assert.equal(formatDeflate(all), text)
  assert.deepEqual(parse(text), { parameters: all, faults: [] })
})

const faulty: [string, string][] = [
  ['x=1', 'unknown'],
  ['server_no_context_takeover; server_no_context_takeover', 'duplicate'],
  ['server_no_context_takeover=1', 'valued-flag'],
  ['client_no_context_takeover=true', 'valued-flag'],
  ['server_max_window_bits', 'missing-value'],
  ['client_max_window_bits', 'missing-value'],
  ['server_max_window_bits=7', 'out-of-range'],
  ['server_max_window_bits=16', 'out-of-range'],
  ['client_max_window_bits=0', 'out-of-range'],
  ['server_max_window_bits=09', 'leading-zero'],
  ['server_max_window_bits=x', 'not-a-number'],
  ['server_max_window_bits=+9', 'not-a-number'],
]

test('each parameter that RFC 7692 §7.1 forbids is named and not taken over', () => {
  const none = parse('permessage-deflate').parameters
  for (const [text, kind] of faulty) {
    const { parameters, faults } = parse(`permessage-deflate; ${text}`)
    assert.deepEqual(
      faults.map(fault => fault.kind),
      [kind],
      text,
    )
    if (kind !== 'duplicate') assert.deepEqual(parameters, none, text)
  }
})

test('a window without a value is legal in an offer only, and a quoted one counts as its number', () => {
  const offered = parse('permessage-deflate; client_max_window_bits', 'offer')
  assert.deepEqual(offered, { parameters: { ...offered.parameters, clientMaxWindowBits: true }, faults: [] })
  assert.equal(parse('permessage-deflate; server_max_window_bits="10"').parameters.serverMaxWindowBits, 10)
})

const answers: [offer: string, response: string, kinds: string[]][] = [
  ['', '', []],
  ['', '; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=8', []],
  ['; server_no_context_takeover', '', ['not-confirmed']],
  ['; server_max_window_bits=10', '', ['not-confirmed']],
  ['; server_max_window_bits=10', '; server_max_window_bits=10', []],
  ['; server_max_window_bits=10', '; server_max_window_bits=11', ['over-offer']],
  ['', '; client_max_window_bits=15', ['not-offered']],
  ['; client_max_window_bits', '; client_max_window_bits=8', []],
  ['; client_max_window_bits=12', '; client_max_window_bits=13', ['over-offer']],
  ['; client_max_window_bits=12', '', []],
]

test('a response is held against the offer', () => {
  for (const [offer, response, kinds] of answers) {
    const faults = judgeDeflateResponse(
      parse(`permessage-deflate${response}`).parameters,
      parse(`permessage-deflate${offer}`, 'offer').parameters,
    )
    assert.deepEqual(
      faults.map(fault => fault.kind),
      kinds,
      `${offer} answered by ${response}`,
    )
  }
})

test('the agreed parameters say how each side compresses', () => {
  const { parameters } = parse('permessage-deflate; server_no_context_takeover; client_max_window_bits=9')
  assert.deepEqual(deflateDirections(parameters), {
    client: { contextTakeover: true, windowBits: 9 },
    server: { contextTakeover: false, windowBits: 15 },
  })
})

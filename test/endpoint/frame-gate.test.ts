import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frameGate } from '../../src/endpoint/frame-gate.ts'

const limit = 1024 * 1024
const refusal = { protocol: 'f080', text: '818100000000ff', continuation: '808100000000ff' }
const key = '00000000'

/** What comes out of the gate when these octets go in, all at once or in pieces of a size. */
function through(hex: string, pieceBytes = Number.POSITIVE_INFINITY): string {
  const gate = frameGate(limit)
  const bytes = Buffer.from(hex, 'hex')
  const out: Buffer[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes)
    out.push(...gate(Buffer.from(bytes.subarray(at, at + pieceBytes))))
  return Buffer.concat(out).toString('hex')
}

function everyWay(hex: string, expected: string, name: string): void {
  for (const pieceBytes of [Number.POSITIVE_INFINITY, 1, 2, 3, 7, 11]) {
    assert.equal(through(hex, pieceBytes), expected, `${name}, in pieces of ${pieceBytes}`)
  }
}

test('what follows the rules passes unchanged', () => {
  const frames = {
    'an empty text': `8180${key}`,
    'a text': `8185${key}68656c6c6f`,
    'a text with a masking key': '818537fa213d7f9f4d5158',
    'a ping': `8983${key}010203`,
    'a pong': `8a80${key}`,
    'text in three frames around a ping': `0181${key}c3 8980${key} 0080${key} 8081${key}a9`,
    'a binary of 126': `82fe007e${key}${'ff'.repeat(126)}`,
    'a text of 65536': `81ff0000000000010000${key}${'61'.repeat(65_536)}`,
    'compressed octets that are not UTF-8': `c182${key}fffe`,
    'binary fragments': `0281${key}ff 8081${key}fe`,
    'a close': `8882${key}03e8`,
  }
  for (const [name, hex] of Object.entries(frames)) everyWay(hex.replaceAll(' ', ''), hex.replaceAll(' ', ''), name)
})

test('a length in a longer form than it needs becomes a protocol error, after what came before', () => {
  const text = `8181${key}61`
  everyWay(`${text}81fe007d${key}`, text + refusal.protocol, '125 in 16 bits')
  everyWay(`${text}82ff000000000000ffff${key}`, text + refusal.protocol, '65535 in 64 bits')
})

test('a text is refused at its first bad octet, long before its end', () => {
  everyWay(`81fe03e8${key}6162ff63`, refusal.text, 'inside a frame')
  everyWay(`0181${key}61008400000000f4908080`, `0181${key}61${refusal.continuation}`, 'inside a fragment')
})

test('a bad octet in a whole message is left to ws', () => {
  assert.equal(through(`8181${key}ff`), `8181${key}ff`)
})

test('what ws refuses on two octets reaches it at once', () => {
  for (const head of ['8105', '9180', 'a180', '89fe', '88ff']) assert.equal(through(head), head)
})

test('a text larger than the limit is not held back', () => {
  assert.equal(through('81ff0000000000100001000000006161'), '81ff0000000000100001000000006161')
})

test('nothing passes after a close or a refusal', () => {
  assert.equal(through(`8880${key}8181${key}61`), `8880${key}`)
  assert.equal(through(`81fe0001${key}61 8181${key}61`.replaceAll(' ', '')), refusal.protocol)
})

test('a close with 1010 reads 1000, its reason kept', () => {
  everyWay('888437fa213d3408494f', '888437fa213d3412494f', '1010')
})

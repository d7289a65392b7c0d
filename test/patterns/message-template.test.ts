import assert from 'node:assert/strict'
import test from 'node:test'
import { MARK_BYTES } from '../../src/measure/mark.ts'
import { messageTemplate } from '../../src/patterns/message-template.ts'

const DOTS = '.'.repeat(MARK_BYTES)
const template = (text: string | null, size = 0) => {
  const { bytes, markAt } = messageTemplate({ text, size, binary: false })
  return { text: bytes.toString('utf8'), markAt }
}

test('without a text the message is a mark and padding', () => {
  assert.deepEqual(template(null, 30), { text: '.'.repeat(30), markAt: 0 })
  assert.deepEqual(template(null, 3), { text: DOTS, markAt: 0 })
})

test('the mark goes where {{mark}} stands, counted in bytes', () => {
  assert.deepEqual(template('{"ä":"{{mark}}"}'), { text: `{"ä":"${DOTS}"}`, markAt: 7 })
})

test('a second {{mark}} leaves nothing behind', () => {
  assert.deepEqual(template('{{mark}} {{mark}}!'), { text: `${DOTS} !`, markAt: 0 })
})

test('a text without a mark is sent as it is', () => {
  assert.deepEqual(template('ping'), { text: 'ping', markAt: -1 })
})

test('padding comes behind, and nothing is cut', () => {
  assert.deepEqual(template('ping', 6), { text: 'ping  ', markAt: -1 })
  assert.deepEqual(template('longer than that', 6), { text: 'longer than that', markAt: -1 })
})

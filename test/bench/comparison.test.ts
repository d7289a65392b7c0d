import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { README, withComparison } from './comparison.ts'

test('the comparison table of the README is what the results of the bench give', () => {
  const readme = readFileSync(README, 'utf8')
  assert.equal(readme, withComparison(readme), 'run: node dist/test/bench/write-comparison.js')
})

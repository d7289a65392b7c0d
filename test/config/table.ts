import assert from 'node:assert/strict'
import { it } from 'node:test'
import { UsageError } from '../../src/config/errors.ts'
import type { Parse } from '../../src/config/units.ts'

/** One test per text that is read, and one per text that is refused with a sentence matching the pattern. */
export function parserTable<Value>(
  flag: string,
  parse: Parse<Value>,
  table: { reads: Record<string, Value>; refuses: Record<string, RegExp> },
): void {
  for (const [text, expected] of Object.entries(table.reads))
    it(`reads ${flag} ${JSON.stringify(text)}`, () => assert.deepEqual(parse(text, flag), expected))
  for (const [text, pattern] of Object.entries(table.refuses))
    it(`refuses ${flag} ${JSON.stringify(text)} naming the flag`, () =>
      assert.throws(
        () => parse(text, flag),
        (error: unknown) => {
          assert.ok(error instanceof UsageError)
          assert.match(error.message, pattern)
          assert.ok(error.message.includes(flag), error.message)
          assert.doesNotMatch(error.message, /\n/)
          return true
        },
      ))
}

import { Parser } from 'tap-parser'
import type { Format } from './format.ts'

/** By the parser of node-tap, strictly: what is not TAP 14 is a failure of its own. */
export const tap: Format = {
  errors(text) {
    const parser = new Parser({ strict: true })
    const errors: string[] = []
    let version = 0
    let points = 0
    parser.on('version', found => (version = found))
    parser.on('assert', () => (points += 1))
    parser.on('extra', line => errors.push(`not TAP: ${line}`))
    parser.end(text)
    const { failures, plan } = parser.results!
    for (const failure of failures) if ('tapError' in failure && failure.tapError) errors.push(String(failure.tapError))
    if (version !== 14) errors.push(`TAP version ${version}`)
    if (plan.end !== points) errors.push(`${points} points, ${plan.end} planned`)
    return errors
  },
  wrong: ['TAP version 14\n1..2\nok 1\n', 'TAP version 14\n1..1\nok 1\nhello\n', '1..1\nok 1\n'],
}

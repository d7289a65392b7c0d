import { outcomesOf, type Outcome } from '../report/outcomes.ts'
import { cut, plainJson, plainLine } from '../report/text.ts'
import type { Reporter } from './reporter.ts'

const tap: Reporter = {
  title: 'TAP 14',
  endings: ['tap'],
  render: report => {
    const outcomes = outcomesOf(report)
    return ['TAP version 14', `1..${outcomes.length}`, ...outcomes.flatMap(testPoint), ''].join('\n')
  },
}

export default tap

function testPoint({ label, result, message, details }: Outcome, index: number): string[] {
  const status = result === 'fail' || result === 'error' ? 'not ok' : 'ok'
  const skip = result === 'skip' ? ` # SKIP ${escape(message)}` : ''
  const line = `${status} ${index + 1} - ${escape(label)}${skip}`
  if (result === 'pass' || result === 'skip') return [line]
  // A JSON string is a YAML scalar that no content can break out of.
  const diagnostics = [
    ['severity', result],
    ['message', message],
    ...details.map((text, at) => [`detail${at + 1}`, text]),
  ]
  return [line, '  ---', ...diagnostics.map(([key, value]) => `  ${key}: ${plainJson(cut(value!, 2000))}`), '  ...']
}

// In a description `#` begins a directive and `\` escapes it.
function escape(text: string): string {
  return plainLine(text, 300).replace(/[\\#]/g, '\\$&')
}

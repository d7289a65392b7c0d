import { outcomesOf, type Outcome } from '../report/outcomes.ts'
import { plainLine } from '../report/text.ts'
import type { Reporter } from './reporter.ts'

// GitHub shows the first 10 errors and the first 10 warnings of a step and drops the rest silently.
const MOST_OF_A_LEVEL = 10

/** Annotations as workflow commands, one per line. */
const github: Reporter = {
  title: 'annotations for GitHub Actions',
  endings: [],
  render: report => {
    const outcomes = outcomesOf(report)
    const errors = outcomes.filter(({ result }) => result === 'fail' || result === 'error')
    const warnings = outcomes.filter(({ result }) => result === 'warn')
    const notice = command('notice', `rtbench ${report.kind}: ${report.verdict}`, outcomes[0]!.message)
    return [...annotations('error', errors), ...annotations('warning', warnings), notice, ''].join('\n')
  },
}

export default github

function annotations(level: 'error' | 'warning', outcomes: Outcome[]): string[] {
  const shown = outcomes.length > MOST_OF_A_LEVEL ? outcomes.slice(0, MOST_OF_A_LEVEL - 1) : outcomes
  const rest = outcomes.slice(shown.length)
  const commands = shown.map(({ id, message, name, details }) =>
    command(level, id, ...[message || name, ...details].map(line => plainLine(line))),
  )
  if (rest.length === 0) return commands
  const ids = rest.map(({ id }) => id).join(', ')
  return [...commands, command(level, `${rest.length} more`, plainLine(ids, 2000))]
}

function command(level: string, title: string, ...lines: string[]): string {
  return `::${level} title=${escapeProperty(title)}::${lines.map(line => escapeData(plainLine(line, 2000))).join('%0A')}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(plainLine(text, 200)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

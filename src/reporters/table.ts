import { pageOf } from '../report/page.ts'
import type { RunVerdict } from '../report/report.ts'
import { describeRun, targetOf, verdictReason, verdictWord } from '../report/run-description.ts'
import type { Tone } from '../report/section.ts'
import { plainLine } from '../report/text.ts'
import type { Reporter } from './reporter.ts'
import { bold, paint, wrapLine } from './terminal/layout.ts'
import { sectionLines } from './terminal/section-lines.ts'

const verdictTones: Record<RunVerdict, Tone> = { pass: 'good', fail: 'bad', invalid: 'warning', unreachable: 'bad' }
const table: Reporter = {
  title: 'for people, in a terminal',
  endings: ['txt'],
  render: (report, options) => {
    const { width, colour } = options
    const title = `rtbench ${report.kind}  ${plainLine(targetOf(report))}`
    const verdict = `${bold(paint(verdictWord[report.verdict], verdictTones[report.verdict], colour), colour)}  `
    const [first = '', ...others] = wrapLine(
      plainLine(verdictReason(report), 1000),
      width,
      verdictWord[report.verdict].length + 2,
    )
    const lines = [
      ...wrapLine(title, width, 0, 2).map(line => bold(line, colour)),
      ...wrapLine(plainLine(describeRun(report).join(' · ')), width, 0, 2).map(line => paint(line, 'quiet', colour)),
      ...pageOf(report).flatMap(section => sectionLines(section, options)),
      '',
      verdict + first.trimStart(),
      ...others,
    ]
    return `${lines.map(line => line.trimEnd()).join('\n')}\n`
  },
}

export default table

import CliTable from 'cli-table3'
import { pageOf } from '../report/page.ts'
import type { RunVerdict } from '../report/report.ts'
import { describeRun, targetOf, verdictReason, verdictWord } from '../report/run-description.ts'
import { cellText, cellTone, type Section, type Tone } from '../report/section.ts'
import { plainLine } from '../report/text.ts'
import type { Reporter, RenderOptions } from './reporter.ts'
import { bold, paint, wrapLine } from './terminal/layout.ts'

const verdictTones: Record<RunVerdict, Tone> = { pass: 'good', fail: 'bad', invalid: 'warning', unreachable: 'bad' }
const noBorders = ['top', 'bottom', 'left', 'mid', 'right'].flatMap(side => [
  [side, ''],
  [`${side}-mid`, ''],
  [`${side}-left`, ''],
  [`${side}-right`, ''],
])
const borderless = { ...Object.fromEntries(noBorders), left: '  ', middle: '  ' }

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

function sectionLines(section: Section, { width, colour }: RenderOptions): string[] {
  const paragraphs = section.paragraphs.flatMap(({ head, body }) => [
    ...wrapLine(plainLine(head.text, 1000), width, 2, 4).map(line => paint(line, head.tone, colour)),
    ...body.flatMap(line => wrapLine(plainLine(line, 1000), width, 4, 6)),
  ])
  const rows = section.rows.length === 0 ? [] : rowLines(section, { width, colour })
  return ['', bold(section.title, colour), ...rows, ...paragraphs]
}

// The widths are compared without colours: the table package counts the colour codes in.
function rowLines(section: Section, { width, colour }: RenderOptions): string[] {
  const fitting = [section, withoutOptional(section)].find(candidate => draw(candidate, false).width <= width)
  return fitting === undefined ? listLines(section, width) : draw(fitting, colour).toString().split('\n')
}

function draw({ columns, rows }: Section, colour: boolean): CliTable.Table {
  const drawn = new CliTable({
    head: columns.map(({ head }) => paint(head, 'quiet', colour)),
    colAligns: columns.map(({ number }) => (number === true ? 'right' : 'left')),
    chars: borderless,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  })
  drawn.push(...rows.map(row => row.map(cell => paint(plainLine(cellText(cell), 200), cellTone(cell), colour))))
  return drawn
}

function withoutOptional(section: Section): Section {
  const kept = section.columns.map(({ optional }) => optional !== true)
  return {
    ...section,
    columns: section.columns.filter((_, at) => kept[at]),
    rows: section.rows.map(row => row.filter((_, at) => kept[at])),
  }
}

// Where the columns do not fit, each row becomes a line of `head value` pairs that stay together.
function listLines({ columns, rows }: Section, width: number): string[] {
  return rows.flatMap(row => {
    const pairs = row.map((cell, at) => {
      const pair = `${columns[at]?.head ?? ''} ${plainLine(cellText(cell), 200)}`.trim()
      return columns[at]?.number === true ? pair.replaceAll(' ', '\u00a0') : pair
    })
    return wrapLine(pairs.join(', '), width, 2, 4).map(line => line.replaceAll('\u00a0', ' '))
  })
}

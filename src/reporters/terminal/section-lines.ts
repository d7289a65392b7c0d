import CliTable from 'cli-table3'
import { cellText, cellTone, type Section } from '../../report/section.ts'
import { plainLine } from '../../report/text.ts'
import type { RenderOptions } from '../reporter.ts'
import { bold, paint, wrapLine } from './layout.ts'

const noBorders = ['top', 'bottom', 'left', 'mid', 'right'].flatMap(side => [
  [side, ''],
  [`${side}-mid`, ''],
  [`${side}-left`, ''],
  [`${side}-right`, ''],
])
const borderless = { ...Object.fromEntries(noBorders), left: '  ', middle: '  ' }

/** A section as lines of a terminal, after an empty one. */
export function sectionLines(section: Section, { width, colour }: RenderOptions): string[] {
  const paragraphs = section.paragraphs.flatMap(({ head, body, chart = [] }) => [
    ...wrapLine(plainLine(head.text, 1000), width, 2, 4).map(line => paint(line, head.tone, colour)),
    ...body.flatMap(line => wrapLine(plainLine(line, 1000), width, 4, 6)),
    ...chart.map(line => `    ${plainLine(line, 1000)}`.slice(0, width)),
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

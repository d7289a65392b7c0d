import type { Report } from '../../report/report.ts'
import { cellText, cellTone, type Section } from '../../report/section.ts'
import { plainJson, shortTexts } from '../../report/text.ts'
import { escapeEntities, escapeXml } from '../markup/xml.ts'
import type { Chart } from './chart.ts'

// Wider tables get a row of the page for themselves.
const MOST_COLUMNS_BESIDE = 5
// Of a text in the configuration and the environment; the JSON report has it whole.
const MOST_OF_A_TEXT = 4000

/** A section of the page from a section of the report. */
export function sectionHtml({ id, title, columns, rows, paragraphs }: Section): string {
  const cellClass = (at: number, tone: string | undefined) =>
    [columns[at]?.number === true ? 'number' : '', tone ?? ''].filter(name => name !== '').join(' ')
  const head = columns.map(({ head }, at) => `<th class="${cellClass(at, undefined)}">${escapeXml(head)}</th>`).join('')
  const body = rows.map(
    row =>
      `<tr>${row.map((cell, at) => `<td class="${cellClass(at, cellTone(cell))}">${escapeXml(cellText(cell))}</td>`).join('')}</tr>`,
  )
  const table = rows.length === 0 ? '' : `<div class="scroll"><table><tr>${head}</tr>${body.join('')}</table></div>`
  const texts = paragraphs
    .filter(({ isDrawing }) => isDrawing !== true)
    .map(
      ({ head, body }) =>
        `<p class="${head.tone ?? ''}">${escapeXml(head.text, 2000)}</p>${body.map(line => `<p class="more">${escapeXml(line, 2000)}</p>`).join('')}`,
    )
  if (table === '' && texts.length === 0) return ''
  const wide = columns.length > MOST_COLUMNS_BESIDE ? ' class="wide"' : ''
  return `<section id="${escapeXml(id)}"${wide}><h2>${escapeXml(title)}</h2>${table}${texts.join('')}</section>\n`
}

/** Charts in a grid; the script draws into the empty boxes. */
export function chartsHtml(title: string, charts: Chart[]): string {
  if (charts.length === 0) return ''
  const figures = charts.map(
    ({ id, title, note, heat }) =>
      `<figure${heat === undefined ? '' : ' class="wide"'}><h3>${escapeXml(title)}</h3><p class="note">${escapeXml(note)}</p><div class="plot" id="chart-${escapeXml(id)}"></div></figure>`,
  )
  return `<section class="wide"><h2>${escapeXml(title)}<small>drag to zoom, double click for all</small></h2><div class="charts">${figures.join('\n')}</div></section>\n`
}

/** The configuration, the line that asks for the run again, and where it ran. */
export function setupHtml(report: Report, command: string): string {
  const json = (value: unknown) => `<pre>${escapeEntities(plainJson(shortTexts(value, MOST_OF_A_TEXT), 2))}</pre>`
  return `<section id="configuration" class="wide"><h2>To run it again</h2><pre class="command">${escapeXml(command, MOST_OF_A_TEXT)}</pre>
<details><summary>Configuration</summary>${json(report.config)}</details>
<details><summary>Environment</summary>${json(report.environment)}</details></section>\n`
}

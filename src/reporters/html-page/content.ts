import type { CheckResult, CheckVerdict, Report } from '../../report/report.ts'
import { cellText, cellTone, type Section } from '../../report/section.ts'
import { checkTones } from '../../report/sections/checks.ts'
import { plainJson } from '../../report/text.ts'
import { escapeEntities, escapeXml } from '../markup/xml.ts'
import type { Chart } from './chart.ts'

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
  const items = paragraphs.map(
    ({ head, body }) =>
      `<li><span class="${head.tone ?? ''}">${escapeXml(head.text, 2000)}</span>${body.map(line => `<p>${escapeXml(line, 2000)}</p>`).join('')}</li>`,
  )
  const list = items.length === 0 ? '' : `<ul>${items.join('')}</ul>`
  return `<section id="${escapeXml(id)}"><h2>${escapeXml(title)}</h2>${table}${list}</section>\n`
}

/** Charts in a grid; the script draws into the empty boxes. */
export function chartsHtml(title: string, charts: Chart[]): string {
  if (charts.length === 0) return ''
  const figures = charts.map(
    ({ id, title, note }) =>
      `<figure><h3>${escapeXml(title)}</h3><p class="note">${escapeXml(note)}</p><div class="plot" id="chart-${escapeXml(id)}"></div></figure>`,
  )
  return `<section><h2>${escapeXml(title)}</h2><div class="charts">${figures.join('\n')}</div></section>\n`
}

const verdicts: CheckVerdict[] = ['fail', 'error', 'warn', 'info', 'pass', 'skip']

/** Every check, worst first, with what was expected and observed, and a filter above. */
export function checksHtml(checks: CheckResult[]): string {
  if (checks.length === 0) return ''
  const present = verdicts.filter(verdict => checks.some(check => check.verdict === verdict))
  const boxes = present.map(verdict => {
    const count = checks.filter(check => check.verdict === verdict).length
    return `<label class="${checkTones[verdict]}"><input type="checkbox" value="${verdict}" checked> ${verdict} ${count}</label>`
  })
  const items = present.flatMap(verdict => checks.filter(check => check.verdict === verdict)).map(checkHtml)
  const search = '<input type="search" id="check-search" placeholder="filter" aria-label="filter the checks">'
  return `<section id="checks"><h2>Checks</h2><div class="filters">${boxes.join('')}${search}</div>${items.join('\n')}</section>\n`
}

function checkHtml(check: CheckResult): string {
  const rows = [
    ['why', check.reason],
    ['expected', check.expected],
    ['observed', check.observed],
    ['level', check.level],
    ['demanded by', check.spec],
    ['took', `${check.ms} ms`],
  ].filter(([, text]) => text !== '')
  const open = check.verdict === 'fail' || check.verdict === 'error' ? ' open' : ''
  const facts = rows.map(([name, text]) => `<dt>${name}</dt><dd>${escapeXml(text!, 2000)}</dd>`).join('')
  const title = `<b class="${checkTones[check.verdict]}">${check.verdict}</b> <code>${escapeXml(check.id)}</code> ${escapeXml(check.title)}`
  return `<details class="check" data-verdict="${check.verdict}"${open}><summary>${title}</summary><dl>${facts}</dl></details>`
}

/** The configuration, the line that asks for the run again, and where it ran. */
export function setupHtml(report: Report, command: string): string {
  const json = (value: unknown) => `<pre>${escapeEntities(plainJson(value, 2))}</pre>`
  return `<section id="configuration"><h2>To run it again</h2><pre>${escapeXml(command, 4000)}</pre>
<details><summary>Configuration</summary>${json(report.config)}</details>
<details><summary>Environment</summary>${json(report.environment)}</details></section>\n`
}

import { createHash } from 'node:crypto'
import { type Comparison, compareReports } from '../report/compare.ts'
import { pageOf } from '../report/page.ts'
import { rerunCommand } from '../report/rerun-command.ts'
import type { Report } from '../report/report.ts'
import { targetOf, verdictWord } from '../report/run-description.ts'
import { comparisonSections } from '../report/sections/comparison.ts'
import { plainJson } from '../report/text.ts'
import { overheadBars } from './html-page/bars.ts'
import { drawCharts, filterChecks } from './html-page/browser-script.ts'
import { checksHtml } from './html-page/checks.ts'
import { chartsHtml, sectionHtml, setupHtml } from './html-page/content.ts'
import { findingsHtml } from './html-page/findings.ts'
import { headerHtml, iconLink } from './html-page/header.ts'
import { latencyCharts } from './html-page/latency-charts.ts'
import { style } from './html-page/style.ts'
import { timelineCharts } from './html-page/timeline-charts.ts'
import { escapeXml } from './markup/xml.ts'
import type { Reporter } from './reporter.ts'

const library = 'uplot/dist/uPlot.iife.min.js'
const libraryStyle = 'uplot/dist/uPlot.min.css'

// Where a section of the report stands on the page; what is named in neither list follows at the end.
const beforeCharts = ['outage', 'overhead', 'connections', 'messages', 'latency', 'setup']
const drawnOtherwise = ['broken-checks', 'checks', 'findings', 'thresholds']

/** One file that needs nothing else: style, charts and data are inside, and its policy forbids any request. */
const html: Reporter = {
  title: 'a page with charts, in one file, for browsers and paper',
  endings: ['html', 'htm'],
  assets: [library, libraryStyle],
  render: (report, { assets = {}, baseline }) => {
    // One run a side tells no noise from change: the figures stand beside each other, and the words say so.
    const comparison = baseline === undefined ? null : compareReports([baseline], [report])
    const charts = { latency: latencyCharts(report, baseline), timeline: timelineCharts(report, baseline) }
    const data = plainJson([...charts.latency, ...charts.timeline]).replaceAll('<', '\\u003c')
    const script = [
      assets[library] ?? '',
      `(${filterChecks.toString()})(globalThis)`,
      assets[library] === undefined
        ? ''
        : `globalThis.uPlot=uPlot;(${drawCharts.toString()})(globalThis,JSON.parse(document.getElementById('charts').textContent))`,
    ].join(';\n')
    const styles = `${assets[libraryStyle] ?? ''}${style}`
    return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; script-src ${hash(script)}; style-src ${hash(styles)}">
<title>${escapeXml(`${verdictWord[report.verdict]} rtbench ${report.kind} ${targetOf(report)}`)}</title>${iconLink(report)}
<style>${styles}</style></head><body>
${headerHtml(report, baseline, comparison)}
<main>
${bodyHtml(report, comparison, charts)}</main>
<script type="application/json" id="charts">${data}</script>
<script>${script}</script></body></html>
`
  },
}

export default html

function bodyHtml(
  report: Report,
  comparison: Comparison | null,
  charts: Record<'latency' | 'timeline', ReturnType<typeof latencyCharts>>,
): string {
  const sections = pageOf(report)
  const named = (ids: string[]) => ids.flatMap(id => sections.filter(section => section.id === id))
  const rest = sections.filter(({ id }) => ![...beforeCharts, ...drawnOtherwise].includes(id))
  const compared = comparison === null ? [] : comparisonSections(comparison)
  return [
    ...named(['thresholds']).map(sectionHtml),
    ...compared.map(sectionHtml),
    findingsHtml(report),
    overheadBars(report),
    ...named(beforeCharts).map(sectionHtml),
    chartsHtml('Latency', charts.latency),
    chartsHtml('Timeline', charts.timeline),
    checksHtml(report.checks),
    ...rest.map(sectionHtml),
    setupHtml(report, rerunCommand(report)),
  ].join('')
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

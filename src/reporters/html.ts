import { createHash } from 'node:crypto'
import { pageOf } from '../report/page.ts'
import { rerunCommand } from '../report/rerun-command.ts'
import type { Report, RunVerdict } from '../report/report.ts'
import { describeRun, targetOf, verdictReason, verdictWord } from '../report/run-description.ts'
import type { Section, Tone } from '../report/section.ts'
import { plainJson } from '../report/text.ts'
import { drawCharts, filterChecks } from './html-page/browser-script.ts'
import { chartsHtml, checksHtml, sectionHtml, setupHtml } from './html-page/content.ts'
import { latencyCharts } from './html-page/latency-charts.ts'
import { style } from './html-page/style.ts'
import { timelineCharts } from './html-page/timeline-charts.ts'
import { escapeXml } from './markup/xml.ts'
import type { Reporter } from './reporter.ts'

const library = 'uplot/dist/uPlot.iife.min.js'
const libraryStyle = 'uplot/dist/uPlot.min.css'
const tones: Record<RunVerdict, Tone> = { pass: 'good', fail: 'bad', invalid: 'warning', unreachable: 'bad' }
const beforeCharts = new Set(['findings', 'thresholds', 'outage', 'connections', 'messages', 'latency'])

/** One file that needs nothing else: style, charts and data are inside, and its policy forbids any request. */
const html: Reporter = {
  title: 'a page with charts, in one file, for browsers and paper',
  endings: ['html', 'htm'],
  assets: [library, libraryStyle],
  render: (report, { assets = {}, baseline }) => {
    const latency = latencyCharts(report, baseline)
    const timeline = timelineCharts(report, baseline)
    const sections = pageOf(report).filter(({ id }) => id !== 'checks')
    const early = (section: Section) => beforeCharts.has(section.id)
    const data = plainJson([...latency, ...timeline]).replaceAll('<', '\\u003c')
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
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${hash(script)}; style-src ${hash(styles)}">
<title>${escapeXml(`${verdictWord[report.verdict]} rtbench ${report.kind} ${targetOf(report)}`)}</title>
<style>${styles}</style></head><body>
${headerHtml(report, baseline)}
${sections.filter(early).map(sectionHtml).join('')}${chartsHtml('Latency', latency)}${chartsHtml('Timeline', timeline)}${checksHtml(report.checks)}${sections
      .filter(section => !early(section))
      .map(sectionHtml)
      .join('')}${setupHtml(report, rerunCommand(report))}
<script type="application/json" id="charts">${data}</script>
<script>${script}</script></body></html>
`
  },
}

export default html

function headerHtml(report: Report, baseline: Report | undefined): string {
  const tone = tones[report.verdict]
  const facts = [...describeRun(report), report.startedAt, `rtbench ${report.tool.version}`]
  const under =
    baseline === undefined ? '' : `<p class="quiet">Dashed: the run of ${escapeXml(baseline.startedAt)}.</p>`
  return `<header class="is-${tone}"><h1>rtbench ${escapeXml(report.kind)} <code>${escapeXml(targetOf(report))}</code></h1>
<p class="verdict">${verdictWord[report.verdict]}</p><p>${escapeXml(verdictReason(report), 1000)}</p>
<p class="quiet">${escapeXml(facts.join(' · '))}</p>${under}</header>`
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

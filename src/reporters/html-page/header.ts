import type { Comparison } from '../../report/compare.ts'
import { keyFigures } from '../../report/key-figures.ts'
import type { Report, RunVerdict } from '../../report/report.ts'
import { describeRun, targetOf, verdictReason, verdictWord } from '../../report/run-description.ts'
import type { Tone } from '../../report/section.ts'
import { comparisonVerdict } from '../../report/sections/comparison.ts'
import { escapeXml } from '../markup/xml.ts'

const tones: Record<RunVerdict, Tone> = { pass: 'good', fail: 'bad', invalid: 'warning', unreachable: 'bad' }
const signs: Record<Tone, string> = { good: '✓', bad: '✗', warning: '!', quiet: '' }
const iconColours: Record<Tone, string> = { good: '1a7f37', bad: 'cf222e', warning: '9a6700', quiet: '59636e' }

/** The verdict, why, the figures that matter most, and what was run. */
export function headerHtml(report: Report, baseline: Report | undefined, comparison: Comparison | null): string {
  const tone = tones[report.verdict]
  const facts = [...describeRun(report), readableTime(report.startedAt), `rtbench ${report.tool.version}`]
  const figures = keyFigures(report).map(
    ({ label, text, tone = '' }) =>
      `<div><dt>${escapeXml(label)}</dt><dd class="${tone}">${escapeXml(text)}</dd></div>`,
  )
  const under =
    baseline === undefined || comparison === null
      ? ''
      : `<p class="quiet">Beside it, dashed, the run of ${escapeXml(readableTime(baseline.startedAt))}: ${escapeXml(comparisonVerdict(comparison).text)}.</p>`
  return `<header class="is-${tone}"><p class="verdict"><span aria-hidden="true">${signs[tone]}</span> ${verdictWord[report.verdict]}</p>
<h1>rtbench ${escapeXml(report.kind)} <code>${escapeXml(targetOf(report))}</code></h1>
<p class="reason">${escapeXml(verdictReason(report), 1000)}</p>
<ul class="facts">${facts.map(fact => `<li>${escapeXml(fact)}</li>`).join('')}</ul>${under}
<dl class="figures">${figures.join('')}</dl></header>`
}

/** What a browser shows in the tab: a dot in the verdict's colour, inside the page like everything else. */
export function iconLink({ verdict }: Report): string {
  const dot = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#${iconColours[tones[verdict]]}"/></svg>`
  return `<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(dot)}">`
}

// 2026-03-04T05:06:07.000Z → 2026-03-04 05:06:07 UTC; anything else stays as it is.
function readableTime(time: string): string {
  return time.replace(/^([\d-]{10})T([\d:]{8})(\.\d+)?Z$/, '$1 $2 UTC')
}
